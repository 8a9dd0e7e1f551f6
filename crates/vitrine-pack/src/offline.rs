//! What makes the archive's own page work without a connection: the list of all files, the
//! manifest of the installed archive, and the service worker with the digests that it checks.

use std::collections::BTreeMap;

use serde_json::json;
use vitrine_article::Article;
use vitrine_bundle::{BundleFile, ChunkFile, Digest};

use crate::{
    PackOptions, ViewerAssets,
    page::{Filling, fill_index, style},
};

/// Lengths and names of the files that are named by their digests.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    files: BTreeMap<String, u64>,
    /// Files of the bundle that the viewer needs to open at all, with their digests.
    roots: BTreeMap<String, Digest>,
}

impl Listing {
    /// Adds a file of the bundle.
    pub(crate) fn add(&mut self, file: &BundleFile) {
        let is_pointer = file.path == ChunkFile::pointer().path();
        if !is_pointer {
            self.files.insert(file.path.clone(), file.bytes.len() as u64);
        }
        if is_pointer || file.path.starts_with("data/root.") {
            self.roots.insert(file.path.clone(), Digest::of(file.bytes.as_ref()));
        }
    }

    /// Adds the pictures and other files of an article.
    pub(crate) fn add_assets(&mut self, article: &Article) {
        let files = article.assets.iter().filter_map(|asset| asset.file.as_ref());
        self.files.extend(files.map(|file| (file.path(), file.len_bytes)));
    }

    /// Returns the files of the viewer, the page among them, by their paths.
    pub(crate) fn viewer_files(
        &self,
        assets: &ViewerAssets<'_>,
        options: &PackOptions,
        lang: &str,
        root: Digest,
    ) -> Vec<(String, Vec<u8>)> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let style = style(assets.vitrine_css, &options.about);
        let scripts = [
            ("vitrine.css", style.as_slice()),
            ("vitrine.js", assets.vitrine_js),
            ("vitrine-core.js", assets.vitrine_core_js),
            ("vitrine-panels.js", assets.vitrine_panels_js),
            ("vitrine-api.js", assets.vitrine_api_js),
            ("vitrine-embed.js", assets.vitrine_embed_js),
            ("vitrine-offline.js", assets.vitrine_offline_js),
        ];
        for (path, bytes) in scripts.iter().chain(assets.icons).chain(assets.words) {
            files.insert((*path).to_owned(), bytes.to_vec());
        }
        files.insert("manifest.webmanifest".to_owned(), manifest(&options.title, lang));
        let listing: Vec<_> = self.files.iter().collect();
        let listing = json!(listing).to_string().into_bytes();

        let digests = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, String> {
            let digest = |(path, bytes): (&String, &Vec<u8>)| {
                (path.clone(), Digest::of(bytes).to_string())
            };
            files.iter().map(digest).collect()
        };
        let listing_digest = Digest::of(&listing).to_string();
        let state =
            json!([root.to_string(), listing_digest, digests(&files)]).to_string();
        let version = Digest::of(state.as_bytes());
        let filling = Filling { options, lang, root, version };
        let page = fill_index(assets.index_html, &filling);
        files.insert("index.html".to_owned(), page.into_bytes());

        let mut viewer = digests(&files);
        viewer.extend(self.roots.iter().map(|(path, of)| (path.clone(), of.to_string())));
        let on_use = ["vitrine-api.js", "vitrine-embed.js"].into_iter();
        let on_use: Vec<&str> =
            on_use.chain(assets.words.iter().map(|(path, _)| *path)).collect();
        let state = json!({
            "version": version.to_string(),
            "viewer": viewer,
            "onUse": on_use,
            "files": listing_digest,
        });
        let worker = format!("globalThis.VITRINE_STATE={state};\n{}", assets.sw_js);
        files.insert("sw.js".to_owned(), worker.into_bytes());
        files.insert("vitrine-files.json".to_owned(), listing);
        files.into_iter().collect()
    }
}

/// Returns the manifest of the installed archive: <https://www.w3.org/TR/appmanifest/>.
fn manifest(title: &str, lang: &str) -> Vec<u8> {
    let manifest = json!({
        "name": title,
        "short_name": title,
        "lang": lang,
        "dir": "auto",
        "id": "./index.html",
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fcfbf8",
        "theme_color": "#9a2b1f",
        "icons": [
            { "src": "icon.svg", "sizes": "any", "type": "image/svg+xml" },
            { "src": "icon-192.png", "sizes": "192x192", "type": "image/png" },
            {
                "src": "icon-512.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "any maskable",
            },
        ],
    });
    manifest.to_string().into_bytes()
}
