use crate::{post, testing::both};

#[tokio::test]
async fn names_of_members_lead_somewhere_and_others_do_not() {
    both(|seed| async move {
        let (ana, _ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "@Ben and @ben and @nobody, @ana@example.org").await;
        assert_eq!(post.mentions, ["ben"]);
        assert_eq!(post::view(&seed.cx, &ana, post.id).await.unwrap().mentions, ["ben"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_hidden_from_the_reader_leads_nowhere_for_them() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "@ben and @cid").await;
        seed.block(&ben, &cid).await;
        let mut seen = Vec::new();
        for reader in [&ana, &ben, &cid] {
            let mut names = post::view(&seed.cx, reader, post.id).await.unwrap().mentions;
            names.sort();
            seen.push(names);
        }
        assert_eq!(seen, [vec!["ben", "cid"], vec!["ben"], vec!["cid"]]);
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_by_a_mention_whether_who_blocked_them_exists() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ben, &ana).await;
        assert_eq!(seed.post(&ana, "@ben").await.mentions, Vec::<String>::new());
    })
    .await;
}
