//! What tells which files may travel in an archive.

use vitrine_pack::inspect_asset;

/// Whatever is let through has a type and its length, and begins as no page does.
pub(crate) fn asset(data: &[u8]) {
    for name in ["a.txt", "a.csv", "a.png", "a"] {
        let Ok(file) = inspect_asset(name, data) else { continue };
        assert_eq!(file.len_bytes, data.len() as u64);
        assert_eq!(
            inspect_asset(name, data).as_ref(),
            Ok(&file),
            "told differently again"
        );
        let is_picture = file.kind.is_image() && !file.kind.is_linkable();
        let begins = data.trim_ascii_start().first();
        assert!(begins != Some(&b'<') || is_picture, "a page travels as {:?}", file.kind);
    }
}
