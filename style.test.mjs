// What stylelint.config.mjs finds, and what it lets pass.

import assert from "node:assert/strict";
import { test } from "node:test";
import stylelint from "stylelint";

/** The names of the rules that a sheet with this text breaks. */
async function broken(code, file = "style/post.css") {
  const { results } = await stylelint.lint({ code: `${code}\n`, codeFilename: file });
  return results.flatMap((result) => result.warnings).map((warning) => warning.rule);
}

test("a colour that is written out is found", async () => {
  for (const colour of ["#fff", "red", "oklch(0.7 0.1 30)", "1px solid rgb(0 0 0 / 0.1)", "hsl(0 0% 0%)"]) {
    assert.notDeepEqual(await broken(`a {\n  border: ${colour};\n}`), [], colour);
    assert.notDeepEqual(await broken(`a {\n  --mine: ${colour};\n}`), [], `--mine: ${colour}`);
  }
});

test("a colour with a name passes", async () => {
  for (const colour of ["var(--ink)", "color-mix(in oklch, var(--ink), transparent)", "oklch(from var(--ink) l c h / 0.5)"]) {
    assert.deepEqual(await broken(`a {\n  color: ${colour};\n}`), [], colour);
  }
});

test("colours get their names in tokens.css", async () => {
  assert.deepEqual(await broken(":root {\n  --ink: oklch(0.2 0.02 265);\n}", "style/tokens.css"), []);
});

test("a property that does not exist is found", async () => {
  assert.deepEqual(await broken("a {\n  colour: var(--ink);\n}"), ["property-no-unknown"]);
});

test("a rule may be switched off only with a reason", async () => {
  const off = "/* stylelint-disable-next-line color-named */";
  assert.deepEqual(await broken(`a {\n  ${off}\n  color: red;\n}`), ["--report-descriptionless-disables"]);
});
