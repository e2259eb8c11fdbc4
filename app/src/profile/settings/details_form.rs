use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use protocol::{
    Problem,
    country::CountryView,
    profile::{About, Address, Bio, EditProfile, LINK_FIELDS, Visibility},
};

use super::{SAVED, typed::Typed};
use crate::{
    browser,
    error::{self, AppError},
    form::{self, AccountField, Start},
    profile::api,
    ui::{Button, Field, Notice, NoticeKind, Select, Textarea, Toaster, Variant, toast},
};

const ACTION: &str = "/settings/profile";
/// Fields for links that are shown though nothing stands in them.
const SPARE_LINKS: usize = 2;

/// What stands in the form at first, and what was wrong with it.
#[derive(Clone, Copy)]
struct Details {
    start: StoredValue<Start>,
    saved: StoredValue<EditProfile>,
    /// The version that is saved over. After a conflict, the one that somebody else saved: saving again is a decision.
    version: RwSignal<u32>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
    toast: Toaster,
}

impl Details {
    fn new(saved: EditProfile) -> Self {
        let start = form::start(ACTION);
        Self {
            version: RwSignal::new(saved.version),
            problem: RwSignal::new(start.problem().cloned()),
            start: StoredValue::new(start),
            saved: StoredValue::new(saved),
            busy: RwSignal::new(false),
            toast: toast(),
        }
    }

    /// What stands in a field at first: what was typed before, else what is saved.
    fn value(self, field: &'static str, saved: impl FnOnce(&EditProfile) -> String) -> String {
        let typed = self.start.with_value(|start| start.problem().is_some().then(|| start.value(field)));
        typed.unwrap_or_else(|| self.saved.with_value(saved))
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem.with(|problem| {
                let reason = problem.as_ref()?.reason_for(field)?;
                Some(error::reason(field, *reason))
            })
        })
    }

    /// What is wrong besides the fields.
    fn notice(self) -> Option<String> {
        self.problem.with(|problem| match problem.as_ref()? {
            Problem::Invalid { .. } => None,
            Problem::Changed => Some(
                "Your profile was changed in another window. What you typed is still here. Saving it replaces what \
                 was saved there."
                    .to_owned(),
            ),
            problem => Some(error::sentence(problem)),
        })
    }

    async fn save(self, typed: Typed) {
        self.busy.set(true);
        let before = self.saved.with_value(|saved| saved.visibility);
        let saved = api::edit(typed.profile(self.version.get_untracked(), before)).await;
        if let Err(AppError::Problem(Problem::Changed)) = &saved
            && let Ok(own) = api::own().await
        {
            self.version.try_set(own.profile.version);
        }
        match saved {
            Ok(()) => return browser::navigate(SAVED),
            Err(error @ AppError::Transport) => self.toast.report(&error),
            Err(AppError::Problem(problem)) => {
                self.problem.try_set(Some(problem));
                browser::focus("[aria-invalid=true], .details-notice");
            }
        }
        self.busy.try_set(false);
    }
}

/// What one tells of oneself, and who may see which of it.
#[component]
pub(super) fn DetailsForm(profile: EditProfile, countries: Vec<CountryView>) -> impl IntoView {
    let details = Details::new(profile);
    let node = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = node.get_untracked().filter(|_| !details.busy.get_untracked()) {
            spawn_local(details.save(Typed::of(&form)));
        }
    };
    view! {
        <section class="setting" aria-labelledby="details-title">
            <div class="setting-head">
                <h2 id="details-title">"About you"</h2>
                <p>"Everything here can be left empty. Without a name, your username is shown."</p>
            </div>
            <form class="form" node_ref=node novalidate method="post" action=ACTION on:submit=submit>
                <AccountField />
                <input type="hidden" name="version" value=move || details.version.get().to_string() />
                {move || details.notice().map(|text| view! {
                    <div class="details-notice" tabindex="-1"><Notice kind=NoticeKind::Error>{text}</Notice></div>
                })}
                <div class="form-pair">
                    <Line details label="First name" name="first_name" autocomplete="given-name" saved=|saved| saved.first_name.clone() />
                    <Line details label="Last name" name="last_name" autocomplete="family-name" saved=|saved| saved.last_name.clone() />
                </div>
                <Lines details label="Bio" name="bio" rows=2 limit=Bio::MAX hint="Who you are, in a sentence or two." saved=|saved| saved.bio.clone() />
                <Lines details label="About" name="about" rows=5 limit=About::MAX hint="As much as you like to tell." saved=|saved| saved.about.clone() />
                <Lines details label="Address" name="address" rows=2 limit=Address::MAX hint="A town is enough." saved=|saved| saved.address.clone() />
                <Country details countries />
                <Links details />
                <div class="setting-foot">
                    <Button kind="submit" variant=Variant::Primary busy=details.busy>"Save changes"</Button>
                </div>
            </form>
        </section>
    }
}

/// One line that everybody sees.
#[component]
fn Line(
    details: Details,
    label: &'static str,
    name: &'static str,
    autocomplete: &'static str,
    saved: fn(&EditProfile) -> String,
) -> impl IntoView {
    let value = details.value(name, saved);
    view! { <Field label name autocomplete value error=details.error(name) /> }
}

/// Several lines, and who may see them.
#[component]
fn Lines(
    details: Details,
    label: &'static str,
    name: &'static str,
    rows: u32,
    limit: u32,
    hint: &'static str,
    saved: fn(&EditProfile) -> String,
) -> impl IntoView {
    let value = details.value(name, saved);
    view! {
        <div class="setting-part">
            <Textarea label name value rows limit hint error=details.error(name) />
            <WhoMaySee details part=name />
        </div>
    }
}

#[component]
fn Country(details: Details, countries: Vec<CountryView>) -> impl IntoView {
    let none = (String::new(), "Not said".to_owned());
    let options = countries.into_iter().map(|country| (country.code, country.name));
    let options = std::iter::once(none).chain(options).collect();
    let value = details.value("country", |saved| saved.country.clone());
    view! {
        <div class="setting-part">
            <Select label="Country" name="country" options value error=details.error("country") />
            <WhoMaySee details part="country" />
        </div>
    }
}

/// Fields for links: those in use and some more, the others behind a line that opens without a script, too.
#[component]
fn Links(details: Details) -> impl IntoView {
    let values = LINK_FIELDS.map(|field| {
        let at = LINK_FIELDS.iter().position(|other| *other == field).unwrap_or_default();
        (field, details.value(field, |saved| saved.links.get(at).cloned().unwrap_or_default()))
    });
    let used = values.iter().rposition(|(_, value)| !value.is_empty()).map_or(0, |last| last + 1);
    let mut fields: Vec<AnyView> = values.into_iter().zip(1..).map(|((name, value), number)| {
        let label = format!("Link {number}");
        view! { <Field label name kind="url" value error=details.error(name) placeholder="https://example.org" hide_label=true /> }.into_any()
    }).collect();
    let more = fields.split_off((used + SPARE_LINKS).min(fields.len()));
    view! {
        <fieldset class="setting-part setting-links">
            <legend class="field-label">"Links"</legend>
            <p class="field-hint">"Pages of yours elsewhere, such as GitHub or Mastodon. They start with https."</p>
            {fields}
            {(!more.is_empty()).then(|| view! {
                <details>
                    <summary>"More links"</summary>
                    <div class="setting-links">{more}</div>
                </details>
            })}
            <WhoMaySee details part="links" />
        </fieldset>
    }
}

#[component]
fn WhoMaySee(details: Details, part: &'static str) -> impl IntoView {
    let saved = details.saved.with_value(|saved| match part {
        "bio" => saved.visibility.bio,
        "about" => saved.visibility.about,
        "address" => saved.visibility.address,
        "country" => saved.visibility.country,
        _ => saved.visibility.links,
    });
    let name = format!("{part}_visibility");
    let typed = details.start.with_value(|start| start.value(&name));
    let value = if typed.is_empty() { saved.name().to_owned() } else { typed };
    let options = Visibility::ALL.map(|visibility| {
        let text = match visibility {
            Visibility::Everyone => "Everybody",
            Visibility::Followers => "Followers",
            Visibility::OnlyMe => "Only me",
        };
        (visibility.name().to_owned(), text.to_owned())
    });
    let label = format!("Who can see your {part}");
    view! { <Select label name options=options.into() value hide_label=true small=true /> }
}
