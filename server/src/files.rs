//! Where files are kept: a folder, or a bucket that is spoken to as S3.

use std::{borrow::Cow, sync::Arc};

use anyhow::{Context, bail};
use axum::http::Uri;
use domain::files::Files;
use object_store::{
    ObjectStore,
    aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey},
    prefix::PrefixStore,
};
use percent_encoding::percent_decode_str;

use crate::config::Config;

pub(crate) fn open(config: &Config) -> anyhow::Result<Files> {
    let temporary = config.temporary();
    std::fs::create_dir_all(&temporary)
        .with_context(|| format!("the folder {} can't be made", temporary.display()))?;
    let store: Arc<dyn ObjectStore> = match &config.s3_url {
        Some(url) => {
            let (bucket, folder) = bucket(url).context("KITH_S3_URL")?;
            Arc::new(PrefixStore::new(bucket, folder))
        }
        None => {
            let folder = config.files();
            let opened = Files::folder(&folder);
            Arc::new(opened.with_context(|| format!("the folder {} can't be made", folder.display()))?)
        }
    };
    Ok(Files::new(store, temporary))
}

/// The bucket of `s3://key:secret@bucket/folder?region=…&endpoint=…`, and the folder. Nothing of the address is in an
/// error: it carries a secret.
fn bucket(url: &str) -> anyhow::Result<(AmazonS3, String)> {
    let Ok(uri) = url.parse::<Uri>() else { bail!("can't be read") };
    let Some(authority) = uri.authority().filter(|_| uri.scheme_str() == Some("s3")) else {
        bail!("must be like s3://bucket/folder?region=eu-central-1")
    };
    let (credentials, bucket) = match authority.as_str().rsplit_once('@') {
        Some((credentials, bucket)) => (Some(credentials), bucket),
        None => (None, authority.as_str()),
    };
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    if let Some((key, secret)) = credentials.and_then(|credentials| credentials.split_once(':')) {
        builder = builder.with_access_key_id(decoded(key)).with_secret_access_key(decoded(secret));
    }
    let options: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default())?;
    for (name, value) in options {
        builder = match name.as_str() {
            "region" => builder.with_region(value),
            // A store in the same house may speak without TLS.
            "endpoint" => builder.with_allow_http(value.starts_with("http://")).with_endpoint(value),
            "style" => builder
                .with_config(AmazonS3ConfigKey::VirtualHostedStyleRequest, (value == "virtual").to_string()),
            other => bail!("`{other}` is none of region, endpoint and style"),
        };
    }
    let bucket = builder.build().map_err(|_| anyhow::anyhow!("names no bucket that can be used"))?;
    Ok((bucket, uri.path().trim_matches('/').to_owned()))
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn a_bucket_is_read_with_its_folder() {
        for (url, folder) in [
            ("s3://key:se%2Fcret@pictures/kith/files/?region=eu-central-1", "kith/files"),
            ("s3://key:secret@pictures?region=eu-central-1&endpoint=http://127.0.0.1:9000", ""),
        ] {
            let (_, found) = bucket(url).expect("a bucket");
            assert_eq!(found, folder, "{url}");
        }
    }

    #[test]
    fn what_is_no_bucket_is_refused_without_telling_the_secret() {
        for url in [
            "",
            "s3://",
            "https://key:hush@pictures",
            "s3://key:hush@pictures?colour=red",
            "s3://key:hush@p q",
        ] {
            let refused = bucket(url).expect_err(url);
            assert!(!format!("{refused:#} {refused:?}").contains("hush"), "{url}: {refused:#}");
        }
    }
}
