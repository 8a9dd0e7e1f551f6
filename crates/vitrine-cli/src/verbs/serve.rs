//! `vitrine serve`: the archive as a web site on this computer, for looking only.

use std::{
    fs::File,
    path::{Component, Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{archive_folder, args::ServeArgs, media_type::media_type, output};

/// Runs the verb; it ends with the process.
pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    drop(archive_folder::open(&args.archive)?);
    let server = Server::http(("127.0.0.1", args.port)).map_err(|cause| {
        anyhow!("cannot serve on port {} ({cause}); try --port 0", args.port)
    })?;
    output::print(&format!(
        "serving on http://{}/ (end with Ctrl-C)",
        server.server_addr()
    ))?;
    for request in server.incoming_requests() {
        // A browser that went away is no reason to stop.
        drop(answer(request, &args.archive));
    }
    Ok(ExitCode::SUCCESS)
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
