// The standard rules of stylelint, and ours: colours are written out in tokens.css only.

/** What a colour that is written out begins with. `oklch(from …)` mixes one that has a name. */
const colour = /(?<![\w-])(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?!\s*from\s)/i;

export default {
  extends: "stylelint-config-standard",
  reportNeedlessDisables: true,
  reportDescriptionlessDisables: true,
  rules: {
    "color-named": "never",
    "color-no-hex": true,
    "declaration-property-value-disallowed-list": [
      { "/.*/": [colour] },
      { message: (property, value) => `${property}: ${value} has no name; give it one in style/tokens.css` },
    ],
    // Blank lines go between components, not between the rules of one.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
    // It compares selectors of elements that have nothing to do with each other.
    "no-descending-specificity": null,
    // As lightningcss writes them.
    "alpha-value-notation": "number",
    "hue-degree-notation": "number",
    "import-notation": "string",
    "lightness-notation": "number",
    "value-keyword-case": ["lower", { ignoreProperties: [/^--font/, "font-family"] }],
  },
  overrides: [
    {
      files: ["style/tokens.css"],
      rules: { "color-no-hex": null, "declaration-property-value-disallowed-list": null },
    },
  ],
};
