//! How the browser calls server functions: every call says for which account its page was made.

use std::future::Future;

use bytes::Bytes;
use futures::{Sink, Stream};
use protocol::account::ACCOUNT_HEADER;
use server_fn::{
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};

use crate::browser;

/// `fetch`, with the account of the page in a header. The host refuses the call when its cookie stands for another one.
#[derive(Debug)]
pub struct AccountClient;

impl<Error, Input, Output> Client<Error, Input, Output> for AccountClient
where
    Error: FromServerFnError,
    Input: FromServerFnError,
    Output: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<BrowserResponse, Error>> + Send {
        request.headers().set(ACCOUNT_HEADER, &browser::page_account());
        <BrowserClient as Client<Error, Input, Output>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static),
            Error,
        >,
    > + Send {
        <BrowserClient as Client<Error, Input, Output>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<Error, Input, Output>>::spawn(future);
    }
}
