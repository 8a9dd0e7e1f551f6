//! `vitrine sign`: says who vouches for an archive.

use std::{
    env, fs,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use minisign::{KeyPair, SecretKey, SecretKeyBox};
use serde::Serialize;

use crate::{archive_folder, args::SignArgs, output, signature};

/// What `--json` prints.
#[derive(Serialize)]
struct Done<'a> {
    archive: &'a Path,
    signature: String,
    comment: String,
}

/// What `--json` prints where only keys are made.
#[derive(Serialize)]
struct Pair<'a> {
    secret_key: &'a Path,
    public_key: PathBuf,
    /// The public key itself.
    key: String,
}

/// Runs the verb.
pub(crate) fn run(args: &SignArgs) -> anyhow::Result<ExitCode> {
    let pair =
        args.new_key.as_ref().map(|path| new_key(path, args.no_password)).transpose()?;
    let Some(archive) = &args.archive else {
        if let Some(pair) = pair.filter(|_| args.json) {
            output::print_json(&pair)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(path) = args.key.as_ref().or(args.new_key.as_ref()) else {
        bail!("say with --key which secret key to sign with; --new-key FILE makes one");
    };
    let opened = archive_folder::open(archive)?;
    let root = opened.root().map(|root| root.to_string()).unwrap_or_default();
    let about = &opened.info().about;
    let signer = args.name.as_deref().unwrap_or(&about.institution);
    let secret = secret_key(path)?;
    let comment = signature::sign(archive, &root, &secret, signer)?;
    if args.json {
        let signature = signature::name();
        output::print_json(&Done { archive, signature, comment })?;
    } else {
        output::print(&format!("signed: {comment}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn password() -> Option<String> {
    env::var("VITRINE_KEY_PASSWORD").ok()
}

/// Makes a pair of keys: the secret one at `path`, the public one beside it.
fn new_key(path: &Path, has_no_password: bool) -> anyhow::Result<Pair<'_>> {
    let pair = if has_no_password {
        KeyPair::generate_unencrypted_keypair()
    } else {
        // Asks on the terminal where the environment has none.
        KeyPair::generate_encrypted_keypair(password())
    };
    let KeyPair { pk, sk } = pair.context("cannot make a pair of keys")?;
    let public = path.with_extension("pub");
    let secret = sk.to_box(Some("secret key of Vitrine: keep it to yourself"));
    let secret = secret.context("cannot write the key")?.into_string();
    write_new(path, &secret)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
            .with_context(|| format!("cannot protect {}", path.display()))?;
    }
    write_new(&public, &pk.to_box().context("cannot write the key")?.into_string())?;
    output::note(&format!(
        "secret key: {} (keep it to yourself)\npublic key: {} (publish it: {})",
        path.display(),
        public.display(),
        pk.to_base64()
    ));
    Ok(Pair { secret_key: path, public_key: public, key: pk.to_base64() })
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let place = || format!("cannot write {}; a key is never replaced", path.display());
    let mut file = File::create_new(path).with_context(place)?;
    file.write_all(text.as_bytes()).with_context(place)
}

fn secret_key(path: &Path) -> anyhow::Result<SecretKey> {
    let place = || {
        format!(
            "cannot use {} as a secret key; name the file that `vitrine sign --new-key` or \
             minisign made",
            path.display()
        )
    };
    let text = fs::read_to_string(path).with_context(place)?;
    let boxed = SecretKeyBox::from_string(&text).with_context(place)?;
    if let Ok(key) = SecretKeyBox::from_string(&text)
        .and_then(SecretKeyBox::into_unencrypted_secret_key)
    {
        return Ok(key);
    }
    boxed.into_secret_key(password()).with_context(place)
}
