//! The viewer's files, which the build embeds into the command.

use anyhow::bail;
use vitrine_pack::ViewerAssets;

const INDEX_HTML: &str = include_str!(concat!(env!("OUT_DIR"), "/index.html"));
const VITRINE_CSS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vitrine.css"));
const VITRINE_JS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vitrine.js"));
const VITRINE_CORE_JS: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/vitrine-core.js"));
const VITRINE_PANELS_JS: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/vitrine-panels.js"));
const VITRINE_API_JS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vitrine-api.js"));
const VITRINE_EMBED_JS: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/vitrine-embed.js"));

const VITRINE_OFFLINE_JS: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/vitrine-offline.js"));
const SW_JS: &str = include_str!(concat!(env!("OUT_DIR"), "/sw.js"));
const ICONS: &[(&str, &[u8])] = &[
    ("icon.svg", include_bytes!(concat!(env!("OUT_DIR"), "/icon.svg"))),
    ("icon-192.png", include_bytes!(concat!(env!("OUT_DIR"), "/icon-192.png"))),
    ("icon-512.png", include_bytes!(concat!(env!("OUT_DIR"), "/icon-512.png"))),
];

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Returns the viewer's files, or the advice to build them.
pub(crate) fn assets() -> anyhow::Result<ViewerAssets<'static>> {
    if INDEX_HTML.is_empty() || VITRINE_CORE_JS.is_empty() || SW_JS.is_empty() {
        bail!(
            "this build of the command has no viewer in it; run `cargo xtask wasm` in the \
             source tree, then build the command again"
        );
    }
    Ok(ViewerAssets {
        index_html: INDEX_HTML,
        vitrine_css: VITRINE_CSS,
        vitrine_js: VITRINE_JS,
        vitrine_core_js: VITRINE_CORE_JS,
        vitrine_panels_js: VITRINE_PANELS_JS,
        vitrine_api_js: VITRINE_API_JS,
        vitrine_embed_js: VITRINE_EMBED_JS,
        vitrine_offline_js: VITRINE_OFFLINE_JS,
        sw_js: SW_JS,
        icons: ICONS,
        words: WORDS,
    })
}
