use leptos::{html, prelude::*};
use web_sys::File;

use super::{Icon, IconSize};

/// A button that lets one choose files. The input itself lies over it, unseen, so that the browser does what it does
/// for files; without a script it is shown, because it alone says then what was chosen.
#[component]
pub fn FileButton(
    label: &'static str,
    #[prop(into)] name: String,
    icon: &'static str,
    /// Kinds of files, such as `image/png`, with commas between them.
    accept: &'static str,
    /// Only one file.
    #[prop(optional)]
    one: bool,
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        input.with_untracked(|input| {
            let Some(input) = input else { return };
            let files =
                input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
            // The same file can be chosen again.
            input.set_value("");
            on_files.run(files.unwrap_or_default());
        });
    };
    view! {
        <label class="button file-button" data-variant="plain">
            <Icon name=icon size=IconSize::Small />
            <span aria-hidden="true">{label}</span>
            <input node_ref=input type="file" name=name accept=accept multiple=!one aria-label=label on:change=choose />
        </label>
    }
}
