use leptos::prelude::*;

use super::{
    Icon, IconSize,
    field::{FieldError, described_by},
};

/// One of several answers, with its label and message.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// The value of each answer, and what it says.
    options: Vec<(String, String)>,
    /// Which is chosen at first.
    #[prop(into)]
    value: String,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// What it is about stands beside it, for those who see that.
    #[prop(optional)]
    hide_label: bool,
    /// One of many, beside another control.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let described = described_by(name.clone(), false, error);
    let options = options.into_iter().map(|(option, text)| {
        let selected = option == value;
        view! { <option value=option selected=selected>{text}</option> }
    });
    view! {
        <div class="field select" data-size=small.then_some("small")>
            <label class="field-label" class:visually-hidden=hide_label for=name.clone()>{label}</label>
            <div class="field-control">
                <select
                    class="field-input"
                    id=name.clone()
                    name=name.clone()
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=described
                >
                    {options.collect_view()}
                </select>
                <Icon name="chevron-down" size=IconSize::Small />
            </div>
            <FieldError id=name error />
        </div>
    }
}
