use leptos::{html, prelude::*};

use super::{Icon, IconSize, bind_input::bind_input};
use crate::effect::effect;

/// One line to type into, with its label, hint and message.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// The input's type. A password can be shown once the page is hydrated.
    #[prop(default = "text")]
    kind: &'static str,
    /// Defaults to the name; must be the only one on the page.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Follows what is typed, and leads it. Takes the place of `value`.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] hide_label: bool,
    /// Stands below the input, such as the strength of a password.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(id.clone(), hint.is_some(), error);
    let value = bind.unwrap_or_else(|| RwSignal::new(value));
    let node = NodeRef::<html::Input>::new();
    let write =
        move |text: &str| node.with_untracked(|input| input.iter().for_each(|input| input.set_value(text)));
    bind_input(value, move || node.get().map(|input| input.value()), write);
    let shown = RwSignal::new(false);
    // Keyboards must not correct what has to be exact.
    let exact = matches!(kind, "password" | "email") || autocomplete == Some("username");
    view! {
        <div class="field">
            <label class="field-label" class:visually-hidden=hide_label for=id.clone()>{label}</label>
            <div class="field-control">
                {icon.map(|icon| view! { <Icon name=icon size=IconSize::Small /> })}
                <input
                    node_ref=node
                    class="field-input"
                    id=id.clone()
                    name=name
                    type=move || if shown.get() { "text" } else { kind }
                    value=value.get_untracked()
                    autocomplete=autocomplete
                    autocapitalize=exact.then_some("none")
                    spellcheck=exact.then_some("false")
                    placeholder=placeholder
                    required=required
                    autofocus=autofocus
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=described
                    on:input=move |event| value.set(event_target_value(&event))
                />
                {(kind == "password").then(|| view! { <ShowPasswordButton shown /> })}
            </div>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            {children.map(|children| children())}
            <FieldError id error />
        </div>
    }
}

/// The message at a field; assistive technology says it when it appears.
#[component]
pub(super) fn FieldError(id: String, error: MaybeProp<String>) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! {
                <p class="field-error" id=format!("{id}-error") role="alert">
                    <Icon name="warning" size=IconSize::Small />
                    <span>{error}</span>
                </p>
            }
        })
    }
}

/// Which elements explain a control, for `aria-describedby`.
pub(super) fn described_by(
    id: String,
    hint: bool,
    error: MaybeProp<String>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    move || match (hint, error.with(Option::is_some)) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// Shows the letters of a password. It appears once it can work.
#[component]
fn ShowPasswordButton(shown: RwSignal<bool>) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    effect(move || hydrated.set(true));
    view! {
        <button
            class="button field-reveal"
            type="button"
            data-variant="plain"
            data-size="small"
            data-icon=true
            hidden=move || !hydrated.get()
            aria-label="Show password"
            aria-pressed=move || if shown.get() { "true" } else { "false" }
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || {
                let name = if shown.get() { "eye-off" } else { "eye" };
                view! { <Icon name /> }
            }}
        </button>
    }
}
