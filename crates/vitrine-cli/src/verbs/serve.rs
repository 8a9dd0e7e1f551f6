//! `vitrine serve`: the archive as a web site on this computer, for looking only.

use std::{
    fs::File,
    path::{Component, Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use serde::Serialize;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{archive_folder, args::ServeArgs, media_type::media_type, output};

/// What `--json` prints.
#[derive(Serialize)]
pub(super) struct Serving<'a> {
    pub(super) archive: &'a Path,
    pub(super) address: String,
}

/// Runs the verb; it ends with the process.
pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    drop(archive_folder::open(&args.archive)?);
    let server = listen(args.port)?;
    let address = address(&server);
    if args.json {
        output::print_json(&Serving { archive: &args.archive, address })?;
    } else {
        output::print(&format!("serving on {address} (end with Ctrl-C)"))?;
    }
    for request in server.incoming_requests() {
        // A browser that went away is no reason to stop.
        drop(answer(request, &args.archive));
    }
    Ok(ExitCode::SUCCESS)
}

/// Listens on this computer only.
pub(super) fn listen(port: u16) -> anyhow::Result<Server> {
    Server::http(("127.0.0.1", port))
        .map_err(|cause| anyhow!("cannot serve on port {port} ({cause}); try --port 0"))
}

/// Returns where a browser finds what is served.
pub(super) fn address(server: &Server) -> String {
    format!("http://{}/", server.server_addr())
}

/// The script of a page that is watched, and where it asks for the state.
const WATCH_SCRIPT: &str = include_str!("watch.js");
const WATCH_STATE: &str = "/__watch/state";

/// Answers a request while the archive is packed again and again; `state` counts the times.
/// Pages get a script that loads them anew; nothing of it is in the archive.
pub(super) fn answer_watched(
    request: Request,
    archive: &Path,
    state: u64,
) -> std::io::Result<()> {
    let typed = |text: String, kind: &str| {
        let response = Response::from_string(text);
        match Header::from_bytes("Content-Type", kind) {
            Ok(header) => response.with_header(header),
            Err(()) => response,
        }
    };
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    match path.as_str() {
        WATCH_STATE => request.respond(typed(state.to_string(), "text/plain")),
        "/__watch/script.js" => {
            request.respond(typed(WATCH_SCRIPT.to_owned(), "text/javascript"))
        }
        "/" | "/index.html" => {
            match std::fs::read_to_string(archive.join("index.html")) {
                Ok(page) => {
                    let script =
                        "<script src=\"/__watch/script.js\" defer></script>\n  </head>";
                    let page = page.replacen("</head>", script, 1);
                    request.respond(typed(page, "text/html; charset=utf-8"))
                }
                Err(_) => request.respond(Response::empty(404)),
            }
        }
        _ => answer(request, archive),
    }
}

fn answer(request: Request, archive: &Path) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let Some(file) = resolve(request.url(), archive) else {
        return request.respond(Response::empty(404));
    };
    match File::open(&file) {
        Ok(content) => {
            let header =
                Header::from_bytes("Content-Type", media_type(&file.to_string_lossy()));
            let response = Response::from_file(content);
            match header {
                Ok(header) => request.respond(response.with_header(header)),
                Err(()) => request.respond(response),
            }
        }
        Err(_) => request.respond(Response::empty(404)),
    }
}

/// Returns the file that a request asks for; `None` for one outside the archive.
fn resolve(url: &str, archive: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let file = archive.join(path);
    (is_inside && file.is_file()).then_some(file)
}
