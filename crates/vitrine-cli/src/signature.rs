//! Signatures of archives, which minisign reads and writes, too: Ed25519 over the file that
//! names the root, whose digest vouches for every chunk; the comment that is signed along has
//! the digest of the list of all files.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use minisign::{PublicKey, PublicKeyBox, SecretKey, SignatureBox};
use vitrine_bundle::envelope;
use vitrine_reader::ChunkFile;

use crate::manifest::{self, sha256_hex};

/// The signature as the viewer loads it, below the archive's folder.
pub(crate) const SCRIPT: &str = "vitrine-signature.js";

/// Returns where the signature is, as minisign looks for it.
pub(crate) fn path_in(archive: &Path) -> PathBuf {
    archive.join(name())
}

/// Returns the path of the signature below the archive's folder.
pub(crate) fn name() -> String {
    format!("{}.minisig", ChunkFile::pointer().path())
}

/// Signs the archive in `archive`; returns the comment that was signed along.
pub(crate) fn sign(
    archive: &Path,
    root: &str,
    secret: &SecretKey,
    signer: &str,
) -> anyhow::Result<String> {
    let pointer = signed_bytes(archive)?;
    let list = archive.join(manifest::FILE_NAME);
    let list = fs::File::open(&list).and_then(sha256_hex).with_context(|| {
        format!("cannot read {}; pack the archive again", list.display())
    })?;
    let signer: Vec<&str> = signer.split_whitespace().collect();
    let comment =
        format!("vitrine root:{root} manifest-sha256:{list} signer:{}", signer.join(" "));
    let signature = minisign::sign(
        None,
        secret,
        Cursor::new(pointer),
        Some(&comment),
        Some("signature of a Vitrine archive"),
    )
    .context("cannot sign with this key")?;
    let text = signature.to_string();
    let path = path_in(archive);
    fs::write(&path, &text)
        .with_context(|| format!("cannot write {}", path.display()))?;
    // The viewer gets the key, too: it can tell whether they fit, and shows whose key it is.
    let key = PublicKey::from_secret_key(secret).context("the key has no public part")?;
    let script =
        envelope::wrap(format!("{}\n{}\n", text.trim_end(), key.to_base64()).as_bytes());
    let path = archive.join(SCRIPT);
    fs::write(&path, script)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(comment)
}

/// What a signature says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    /// Who signed.
    pub(crate) signer: String,
    /// SHA-256 of the list of all files.
    manifest: String,
}

/// Returns what the signature of an archive says, unchecked; `None` when it has none.
pub(crate) fn read(archive: &Path) -> anyhow::Result<Option<(SignatureBox, Signed)>> {
    let path = path_in(archive);
    if !path.exists() {
        return Ok(None);
    }
    let damaged = || format!("the signature is damaged: {}", path.display());
    let text = fs::read_to_string(&path).with_context(damaged)?;
    let signature = SignatureBox::from_string(&text).with_context(damaged)?;
    let comment = signature.trusted_comment().with_context(damaged)?;
    let after = |name: &str| comment.split_once(name).map(|(_, rest)| rest.to_owned());
    let manifest = after("manifest-sha256:").unwrap_or_default();
    let manifest = manifest.split(' ').next().unwrap_or_default().to_owned();
    let signer = after(" signer:").unwrap_or_default();
    Ok(Some((signature, Signed { signer, manifest })))
}

/// Checks the signature of an archive with a key; returns who signed.
///
/// # Errors
///
/// Says what is wrong: no signature, another key, another archive, other files.
pub(crate) fn check(archive: &Path, key: &PublicKey) -> anyhow::Result<String> {
    let Some((signature, signed)) = read(archive)? else {
        bail!(
            "the archive is not signed; whoever published it signs it with `vitrine sign`"
        );
    };
    minisign::verify(
        key,
        &signature,
        Cursor::new(signed_bytes(archive)?),
        true,
        false,
        false,
    )
    .context("the signature is not of this key and this archive")?;
    let list = archive.join(manifest::FILE_NAME);
    let digest = fs::File::open(&list).and_then(sha256_hex);
    let digest = digest.with_context(|| format!("cannot read {}", list.display()))?;
    if digest != signed.manifest {
        bail!(
            "{} is not the list that was signed; get a fresh copy",
            manifest::FILE_NAME
        );
    }
    Ok(signed.signer)
}

fn signed_bytes(archive: &Path) -> anyhow::Result<Vec<u8>> {
    let path = archive.join(ChunkFile::pointer().path());
    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a public key: a file as minisign writes it, or the key itself.
pub(crate) fn public_key(given: &str) -> anyhow::Result<PublicKey> {
    let is_file = Path::new(given).is_file();
    let key = if is_file {
        let text =
            fs::read_to_string(given).with_context(|| format!("cannot read {given}"))?;
        PublicKeyBox::from_string(&text).and_then(PublicKeyBox::into_public_key)
    } else {
        PublicKey::from_base64(given)
    };
    key.with_context(|| {
        format!(
            "neither a file with a public key nor such a key (RW…); name the .pub file of \
             whoever signed: {given}"
        )
    })
}
