use leptos::{html, prelude::*};

use super::{
    bind_input::bind_input,
    field::{FieldError, described_by},
};

/// Many lines to type into; grows with its text. The only raw textarea of Kith.
///
/// The renderer does not escape the children of a textarea, so the first text goes in as escaped markup: the server
/// prints it as it is, a browser that builds the element parses it, and hydration leaves alone what was typed.
#[component]
pub fn Textarea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// Defaults to the name; must be the only one on the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Follows what is typed, and leads it. Takes the place of `value`.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// The most characters the server takes: near it, the rest is counted. Nothing is cut off.
    #[prop(optional)]
    limit: Option<u32>,
    #[prop(default = 1)] rows: u32,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional)] node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(id.clone(), hint.is_some(), error);
    let value = bind.unwrap_or_else(|| RwSignal::new(value));
    let write =
        move |text: &str| node_ref.with_untracked(|area| area.iter().for_each(|area| area.set_value(text)));
    bind_input(value, move || node_ref.get().map(|area| area.value()), write);
    view! {
        <div class="field textarea">
            <label class="field-label" class:visually-hidden=hide_label for=id.clone()>{label}</label>
            <div class="field-control">
                <textarea
                    node_ref=node_ref
                    class="field-input"
                    id=id.clone()
                    name=name
                    rows=rows
                    placeholder=placeholder
                    autofocus=autofocus
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=described
                    on:input=move |event| value.set(event_target_value(&event))
                    inner_html=markup(&value.get_untracked())
                ></textarea>
            </div>
            {limit.map(|limit| view! { <RemainingCount value limit /> })}
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldError id error />
        </div>
    }
}

/// What is left of the limit, once it is near.
#[component]
fn RemainingCount(value: RwSignal<String>, limit: u32) -> impl IntoView {
    let rest = move || i64::from(limit) - value.with(|text| text.chars().count() as i64);
    let near = move || rest() <= i64::from((limit / 10).clamp(20, 200));
    view! {
        <p class="field-count" role="status" hidden=move || !near() data-over=move || rest() < 0>
            {move || match (near(), rest()) {
                (false, _) => String::new(),
                (true, rest @ 0..) => format!("{rest} left"),
                (true, rest) => format!("{} too many", -rest),
            }}
        </p>
    }
}

/// The text as the inside of a textarea.
fn markup(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // A parser drops one line break after the opening tag (HTML, section 13.2.6.4.7).
    if escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn markup_cannot_leave_the_textarea() {
        assert_eq!(markup("</textarea><script>"), "&lt;/textarea&gt;&lt;script&gt;");
        assert_eq!(markup("&lt;"), "&amp;lt;");
    }

    #[test]
    fn a_line_break_at_the_beginning_survives_the_parser() {
        assert_eq!(markup("\nhello"), "\n\nhello");
    }
}
