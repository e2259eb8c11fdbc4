use leptos::prelude::*;
use protocol::preference::{ClockStyle, DateStyle, Preferences, ReadReceipts, Theme};

use super::card::FormNotice;
use crate::{
    form::{self, AccountField},
    settings::Setting,
    ui::Button,
};

/// What is offered for the name of a field.
type Choices = [(&'static str, &'static str)];

const THEMES: &Choices =
    &[(Theme::System.name(), "As my device"), (Theme::Light.name(), "Light"), (Theme::Dark.name(), "Dark")];
const DATES: &Choices =
    &[(DateStyle::Words.name(), "30 November 2026"), (DateStyle::Digits.name(), "2026-11-30")];
const CLOCKS: &Choices = &[(ClockStyle::Hours24.name(), "18:02"), (ClockStyle::Hours12.name(), "6:02 pm")];
const RECEIPTS: &Choices = &[
    (ReadReceipts::On.name(), "On"),
    (ReadReceipts::Off.name(), "Off: nobody sees what you have read, and you don’t see what they have"),
];

/// Colours, dates, times and read receipts, for all devices.
#[component]
pub(super) fn PreferenceSetting(preferences: Preferences) -> impl IntoView {
    view! {
        <Setting title="Preferences" text="The same on all your devices.">
            <FormNotice start=form::start("/settings/account/preferences") />
            <form class="form" method="post" action="/settings/account/preferences">
                <AccountField />
                <Choice legend="Theme" name="theme" choices=THEMES chosen=preferences.theme.name() />
                <Choice legend="Dates" name="date_style" choices=DATES chosen=preferences.date_style.name() />
                <Choice legend="Times" name="clock_style" choices=CLOCKS chosen=preferences.clock_style.name() />
                <Choice
                    legend="Read receipts"
                    name="read_receipts"
                    choices=RECEIPTS
                    chosen=preferences.read_receipts.name()
                />
                <div class="button-row"><Button kind="submit">"Save changes"</Button></div>
            </form>
        </Setting>
    }
}

#[component]
fn Choice(
    legend: &'static str,
    name: &'static str,
    choices: &'static Choices,
    chosen: &'static str,
) -> impl IntoView {
    let choices = choices.iter().map(|&(value, label)| {
        view! {
            <label class="choice">
                <input type="radio" name=name value=value checked=value == chosen />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="setting-choices">
            <legend class="field-label">{legend}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}
