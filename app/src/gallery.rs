//! Every component in every state, at `/ui` of development builds.

use leptos::prelude::*;
use protocol::{account::PersonView, media::PictureView, presence::Presence};

use crate::{
    assets::Assets,
    media::PictureGrid,
    page::{NotFound, Page},
    session,
    ui::{
        Avatar, AvatarSize, Badge, Button, ButtonLink, Card, ConfirmDialog, Dialog, EmptyState, Field, Icon,
        Logo, Menu, MenuButton, MenuLink, MenuSeparator, NavTab, NavTabs, Notice, NoticeKind, Select, Shape,
        Skeleton, Spinner, Tab, Tabs, Textarea, Time, Variant, toast,
    },
};

/// The page, in development builds only.
#[component]
pub fn GalleryPage() -> impl IntoView {
    // Known at compile time in the client, so that a release does not carry it; the server goes by the client it serves.
    if cfg!(debug_assertions) && with_context::<Assets, _>(|assets| assets.dev) == Some(true) {
        view! { <Page title="Components" wide=true><Gallery /></Page> }.into_any()
    } else {
        view! { <NotFound /> }.into_any()
    }
}

/// The whole collection.
#[component]
fn Gallery() -> impl IntoView {
    view! {
        <div class="gallery">
            <h1>"Components"</h1>
            <Buttons />
            <Fields />
            <People />
            <Pictures />
            <Overlays />
            <Navigation />
            <Indicators />
        </div>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let liked = RwSignal::new(false);
    let row = |variant, name: &'static str| {
        view! {
            <div class="button-row">
                <Button variant>{name}</Button>
                <Button variant icon="plus">"With icon"</Button>
                <Button variant small=true>"Small"</Button>
                <Button variant busy=true>"Busy"</Button>
                <Button variant disabled=true>"Disabled"</Button>
                <Button variant icon="more" label=format!("{name}, icon only") />
            </div>
        }
    };
    view! {
        <Card title="Buttons">
            {row(Variant::Primary, "Primary")} {row(Variant::Soft, "Soft")} {row(Variant::Quiet, "Quiet")}
            {row(Variant::Danger, "Danger")} {row(Variant::Plain, "Plain")}
            <div class="button-row">
                <Button pressed=liked on:click=move |_| liked.update(|liked| *liked = !*liked)>"Toggle"</Button>
                <ButtonLink href="/ui" variant=Variant::Soft>"A link"</ButtonLink>
            </div>
            <Button variant=Variant::Primary wide=true>"As wide as its form"</Button>
        </Card>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let bio = RwSignal::new("Type until the counter comes. ".repeat(5));
    view! {
        <Card title="Fields">
            <form class="form">
                <div class="form-pair">
                    <Field label="First name" name="first_name" value="Kim" autocomplete="given-name" />
                    <Field label="Last name" name="last_name" placeholder="Larsen" autocomplete="family-name" />
                </div>
                <Field
                    label="Username"
                    name="username"
                    value="kim larsen"
                    autocomplete="username"
                    hint="People find you as @username."
                    error=Some("Use letters, digits and _ only.".to_owned())
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    value="correct horse battery"
                />
                <div class="search">
                    <Field label="Search people" name="q" kind="search" icon="search" placeholder="Search" hide_label=true />
                </div>
                <Textarea label="About you" name="bio" bind=bio limit=160 hint="A sentence or two." />
                <Textarea label="Message" name="message" hide_label=true placeholder="Message" />
                <Select label="Country" name="country" options=countries() value="pt" />
                <label class="choice">
                    <input type="checkbox" name="shortcuts" checked />
                    <span>"Single-key shortcuts"</span>
                </label>
            </form>
        </Card>
    }
}

fn countries() -> Vec<(String, String)> {
    [("", "Not said"), ("de", "Germany"), ("pt", "Portugal")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .into()
}

#[component]
fn People() -> impl IntoView {
    let sizes =
        [AvatarSize::Tiny, AvatarSize::Small, AvatarSize::Normal, AvatarSize::Large, AvatarSize::Huge];
    let hues = (0..12).filter_map(|tail| person(tail, "Ana", "Brandt"));
    view! {
        <Card title="People">
            <div class="button-row">
                {hues.map(|person| view! { <Avatar person alone=true /> }).collect_view()}
            </div>
            <div class="button-row">
                {sizes
                    .into_iter()
                    .filter_map(|size| Some((size, person(7, "Ben", "Ito")?)))
                    .map(|(size, person)| view! { <Avatar person size presence=Presence::Online alone=true /> })
                    .collect_view()}
                <Logo />
                <Logo apart=true />
            </div>
        </Card>
    }
}

/// Their previews: the pictures themselves are nowhere. For members only, since others may not even ask for pictures.
#[component]
fn Pictures() -> impl IntoView {
    let grids = [1, 2, 3, 4, 7].map(|count| (0..count).filter_map(picture).collect::<Vec<_>>());
    session::me().map(|_| {
        view! {
            <Card title="Pictures">
                {grids.map(|pictures| view! { <PictureGrid pictures /> }).into_iter().collect_view()}
            </Card>
        }
    })
}

#[component]
fn Overlays() -> impl IntoView {
    let toast = toast();
    let (asking, reading) = (RwSignal::new(false), RwSignal::new(false));
    let delete = Callback::new(move |()| {
        asking.set(false);
        toast.notify_with("Post deleted.", "Undo", move || toast.notify("It is back."));
    });
    view! {
        <Card title="What floats">
            <div class="button-row">
                <Menu id="gallery-menu" label="Post options">
                    <MenuLink href="/ui" icon="edit">"Edit"</MenuLink>
                    <MenuButton icon="link">"Copy link"</MenuButton>
                    <MenuSeparator />
                    <MenuButton icon="trash" danger=true on:click=move |_| asking.set(true)>"Delete"</MenuButton>
                </Menu>
                <Button on:click=move |_| asking.set(true)>"Ask"</Button>
                <Button on:click=move |_| reading.set(true)>"Dialog"</Button>
                <Button on:click=move |_| toast.notify("Saved.")>"Say"</Button>
                <Button on:click=move |_| {
                    toast.fail_with("Your comment could not be sent.", "Try again", move || toast.notify("Sent."));
                }>"Fail"</Button>
            </div>
            <ConfirmDialog
                id="gallery-ask"
                title="Delete this post?"
                text="The post, its 3 comments and 12 likes will be gone."
                confirm="Delete"
                open=asking
                on_confirm=delete
            />
            <Dialog id="gallery-dialog" title="12 likes" open=reading>
                <p>"Nobody can leave without closing."</p>
            </Dialog>
        </Card>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    view! {
        <Card title="Places">
            <Tabs label="Feed">
                <Tab href="/ui" current=true>"Everyone"</Tab>
                <Tab href="/ui?tab=following" current=false>"Following"</Tab>
            </Tabs>
            <NavTabs label="History">
                <NavTab href="/ui" current=true>"Overview"</NavTab>
                <NavTab href="/ui?tab=posts" current=false>"Posts"</NavTab>
            </NavTabs>
            <Skeleton shape=Shape::Post count=1 />
            <Skeleton shape=Shape::Row count=2 />
            <EmptyState title="No posts yet" text="Be the first to say hello.">
                <Button variant=Variant::Primary>"Write the first post"</Button>
            </EmptyState>
            <Notice title="Verify your address">"We sent a letter to kim@example.org."</Notice>
            <Notice kind=NoticeKind::Warning>"Your session ends in 2 minutes."</Notice>
            <Notice kind=NoticeKind::Error>"That username and password do not go together."</Notice>
        </Card>
    }
}

/// The names of the drawings, in the order of `public/icons.svg`.
const ICONS: &str = "home search people chat bell video plus heart heart-filled comment more image send close check \
    check-double clock edit trash reply link block logout settings sun moon back forward arrow-up arrow-down \
    chevron-down eye eye-off warning info wifi-off user menu mail lock mic mic-off camera camera-off \
    screen hand phone-off download pin calendar shield";

#[component]
fn Indicators() -> impl IntoView {
    view! {
        <Card title="Signs">
            <p>
                <Spinner /> <Spinner small=true /> <Badge count=3 /> <Badge count=120 />
            </p>
            <p>
                <Time micros=1_777_831_329_000_000 />
            </p>
            <ul class="button-row">
                {ICONS
                    .split(' ')
                    .map(|name| view! { <li title=name><Icon name /></li> })
                    .collect_view()}
            </ul>
        </Card>
    }
}

/// Somebody whose id ends in `tail`.
fn person(tail: u8, first_name: &str, last_name: &str) -> Option<PersonView> {
    let id = format!("00000000-0000-7000-8000-{tail:012x}").parse().ok()?;
    Some(PersonView {
        id,
        username: first_name.to_lowercase(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        picture: None,
    })
}

/// A picture whose id ends in `tail`, in one of three shapes.
fn picture(tail: u8) -> Option<PictureView> {
    let id = format!("00000000-0000-7000-8000-{tail:012x}").parse().ok()?;
    let (width, height) = [(1600, 1000), (900, 1600), (1200, 1200)][usize::from(tail % 3)];
    let hue = u32::from(tail) * 67;
    let preview = format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8' preserveAspectRatio='none'>\
         <path fill='hsl({hue} 50%25 55%25)' d='M0 0h8v8H0z'/><circle cx='5' cy='3' r='2' fill='hsl({hue} 60%25 75%25)'/></svg>"
    );
    Some(PictureView { id, width, height, alt: String::new(), preview, moves: tail == 1 })
}

#[cfg(test)]
mod tests;
