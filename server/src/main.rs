//! The `kith` binary: the host that carries the domain over HTTP, and its command line.

mod address;
mod app_state;
mod assets;
mod card_cache;
mod cli;
mod community;
mod community_picture;
mod compression;
mod config;
mod connections;
mod cookie;
mod data_folder;
mod demo;
mod doctor;
mod document;
mod files;
mod form;
mod headers;
mod health;
mod live;
mod media;
mod origin;
mod page;
mod problem;
mod request;
mod router;
mod serve;
mod server_fn;
mod session;
#[cfg(test)]
mod tests;
mod upload;
mod worker;

use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;

/// A page is made of thousands of small pieces, on which the allocator of libc spends a fifth of the time of the whole page.
/// Of those that are quicker this one gives memory back.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    // Before anything speaks TLS: with a second provider in the tree, rustls would refuse to choose.
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        eprintln!("kith: the TLS provider was set twice");
        return ExitCode::FAILURE;
    }
    let command = cli::Command::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kith: no threads to run on: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(cli::run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kith: {error:#}");
            ExitCode::FAILURE
        }
    }
}
