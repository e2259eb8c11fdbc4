use domain::{
    Scope, deletion, post, profile,
    testing::{Seed, id},
};
use protocol::{
    CommentId, ConversationId, PictureId, PostId, ProfilePictureId,
    comment::NewComment,
    media::AttachedPicture,
    post::{EditPost, NewPost},
    profile::EditProfile,
};

use crate::tests::{Browser, Site};

/// The username and the first name of the person of whom nothing may get out.
pub(super) const NAME: &str = "quetzal";
/// What stands in every text of theirs.
pub(super) const CANARY: &str = "canary";

/// How Ana, who asks, stands to Quetzal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Stranger,
    Follower,
    Blocked,
    Blocker,
    SignedOut,
    Unverified,
}

impl Relation {
    pub(super) const ALL: [Self; 6] =
        [Self::Stranger, Self::Follower, Self::Blocked, Self::Blocker, Self::SignedOut, Self::Unverified];

    /// Whether Ana may see Quetzal and what is theirs.
    pub(super) fn sees(self) -> bool {
        matches!(self, Self::Stranger | Self::Follower)
    }
}

/// Quetzal has written, answered, liked, followed and chatted wherever one can, before Ana's relation to them began.
pub(super) struct Scene {
    pub(super) site: Site,
    pub(super) relation: Relation,
    /// Ana's.
    pub(super) browser: Browser,
    pub(super) quetzal: Scope,
    /// Quetzal's, edited once, with a comment and a reply of theirs below it.
    pub(super) post: PostId,
    pub(super) comment: CommentId,
    pub(super) picture: PictureId,
    pub(super) profile_picture: ProfilePictureId,
    pub(super) conversation: ConversationId,
    /// Ana's own, which Quetzal likes and has commented.
    pub(super) own_post: PostId,
    pub(super) own_comment: CommentId,
    /// Reed's, who has no block with anybody. Quetzal likes it, has commented it and follows Reed.
    pub(super) third_post: PostId,
}

impl Scene {
    pub(super) async fn new(seed: Seed, relation: Relation) -> Self {
        let site = Site::new(seed);
        let mut browser = site.member("ana").await;
        let (ana, quetzal) = (browser.scope(&site).await, site.seed.person(NAME).await);
        let seed = &site.seed;
        // Whoever has closed an account hides nobody but themselves.
        let gone = seed.person("gone").await;
        deletion::close_account(&seed.cx, &gone, Seed::form("gone").password)
            .await
            .expect("a closed account");
        seed.follow(&quetzal, &ana).await;
        let picture = seed.sent_picture(&quetzal).await.id;
        let pictures = || vec![AttachedPicture { id: picture, alt: format!("{CANARY} of a picture") }];
        let new = NewPost { body: format!("{CANARY} before"), pictures: pictures(), ..NewPost::default() };
        let post = post::publish(&seed.cx, &quetzal, new).await.expect("a post").id;
        let edit = EditPost { post, version: 0, body: format!("{CANARY} in a post"), pictures: pictures() };
        post::edit(&seed.cx, &quetzal, edit).await.expect("an edited post");
        let source = seed.sent_picture(&quetzal).await.id;
        let profile_picture =
            profile::set_picture(&seed.cx, &quetzal, source, None).await.expect("a profile picture");
        let told = EditProfile {
            first_name: "Quetzal".to_owned(),
            bio: format!("{CANARY} in a bio"),
            about: format!("{CANARY} at length"),
            address: format!("{CANARY} in an address"),
            links: vec![format!("https://{CANARY}.example")],
            ..EditProfile::default()
        };
        profile::edit(&seed.cx, &quetzal, told).await.expect("a profile");
        let reply = |post, answers, who: &'static str| NewComment {
            client_id: None,
            post,
            answers: Some(answers),
            body: format!("{CANARY} in a reply {who}"),
        };
        let comment = seed.comment(&quetzal, post, &format!("{CANARY} in a comment")).await.id;
        seed.reply(&quetzal, reply(post, comment, "below an own comment")).await;
        seed.like(&quetzal, post).await;
        let own_post = seed.post(&ana, "what Ana wrote").await.id;
        let own_comment = seed.comment(&ana, own_post, "what Ana answered").await.id;
        seed.reply(&quetzal, reply(own_post, own_comment, "below a comment of Ana's")).await;
        seed.comment(&quetzal, own_post, &format!("{CANARY} below a post of Ana's")).await;
        seed.like(&quetzal, own_post).await;
        let reed = seed.person("reed").await;
        let third_post = seed.post(&reed, "what Reed wrote").await.id;
        seed.like(&quetzal, third_post).await;
        seed.comment(&quetzal, third_post, &format!("{CANARY} below a post of Reed's")).await;
        seed.follow(&quetzal, &reed).await;
        seed.say(&ana, &quetzal, "what Ana said").await;
        let conversation = seed.say(&quetzal, &ana, &format!("{CANARY} in a message")).await.conversation;
        match relation {
            Relation::Stranger => {}
            Relation::Follower => seed.follow(&ana, &quetzal).await,
            Relation::Blocked => seed.block(&quetzal, &ana).await,
            Relation::Blocker => seed.block(&ana, &quetzal).await,
            Relation::SignedOut => browser = site.visitor(),
            Relation::Unverified => {
                let forget = seed.cx.write(|tx| {
                    Box::pin(async move {
                        let sql = "UPDATE account SET verified_at = NULL WHERE username = 'ana'";
                        domain::db::execute(&**tx, sql, []).await
                    })
                });
                forget.await.expect("an account that is not verified");
            }
        }
        Self {
            relation,
            browser,
            quetzal,
            post,
            comment,
            picture,
            profile_picture,
            conversation,
            own_post,
            own_comment,
            third_post,
            site,
        }
    }

    /// Quetzal's account, as forms name it.
    pub(super) fn whom(&self) -> String {
        id(&self.quetzal).to_string()
    }
}
