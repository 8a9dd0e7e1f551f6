//! Who vouches for an archive.

use std::{fs, path::PathBuf, process::Command};

use tempfile::TempDir;

use crate::command::{lines, run, stderr, stdout};

struct Signed {
    folder: TempDir,
    archive: String,
    secret: String,
    public: String,
}

impl Signed {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (archive, secret, public) = (path("archive"), path("it.key"), path("it.pub"));
        let input = path("in.jsonl");
        fs::write(&input, r#"{"id":"a","title":"Tides","body":"The tide rises."}"#)
            .unwrap();
        let packed = run(&[
            "pack",
            &input,
            "--out",
            &archive,
            "--institution",
            "Harbour Institute",
        ]);
        assert!(packed.status.success(), "{}", stderr(&packed));
        let signed =
            run(&["sign", &archive, "--new-key", &secret, "--no-password", "--json"]);
        assert_eq!(signed.status.code(), Some(0), "{}", stderr(&signed));
        let comment = lines(&signed)[0]["comment"].as_str().unwrap().to_owned();
        assert!(comment.contains(" signer:Harbour Institute"), "{comment}");
        Self { folder, archive, secret, public }
    }

    fn file(&self, name: &str) -> PathBuf {
        PathBuf::from(&self.archive).join(name)
    }

    fn problems(&self, key: &str) -> Vec<String> {
        let verified = run(&["verify", &self.archive, "--key", key, "--json"]);
        let found = &lines(&verified)[0];
        let problems = found["problems"].as_array().unwrap();
        assert_eq!(verified.status.code(), Some(i32::from(!problems.is_empty())));
        let text = |one: &serde_json::Value| format!("{}: {}", one["path"], one["what"]);
        problems.iter().map(text).collect()
    }
}

#[test]
fn a_signature_is_checked_with_the_key_of_whoever_signed() {
    let signed = Signed::make();
    assert_eq!(signed.problems(&signed.public), [""; 0]);
    let shown = run(&["verify", &signed.archive, "--key", &signed.public]);
    assert!(stdout(&shown).contains("signed by Harbour Institute"), "{}", stdout(&shown));
    // The key itself does as well as its file; without one it is only said who is named.
    let text = fs::read_to_string(&signed.public).unwrap();
    assert_eq!(signed.problems(text.lines().nth(1).unwrap()), [""; 0]);
    let shown = run(&["verify", &signed.archive]);
    assert!(stdout(&shown).contains("says that it is signed by Harbour Institute"));

    // minisign reads the same files, where it is there.
    let root = signed.file("data/root.js");
    let arguments = ["-Vm", root.to_str().unwrap(), "-p", &signed.public];
    if let Ok(checked) = Command::new("minisign").args(arguments).output() {
        assert!(checked.status.success(), "{}", stderr(&checked));
    }
    // A second signature takes the place of the first.
    let again =
        run(&["sign", &signed.archive, "--key", &signed.secret, "--name", "Ana Roe"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert_eq!(signed.problems(&signed.public), [""; 0]);
}

#[test]
fn another_key_other_files_and_no_signature_are_told_apart() {
    let signed = Signed::make();
    let other = signed.folder.path().join("other.key").display().to_string();
    assert!(run(&["sign", "--new-key", &other, "--no-password"]).status.success());
    let other = other.replace(".key", ".pub");
    let problems = signed.problems(&other);
    assert!(problems[0].contains("not of this key"), "{problems:?}");

    // A change that the list of files hides by listing it.
    let list = signed.file("manifest-sha256.txt");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replace("README.txt", "README.md")).unwrap();
    let problems = signed.problems(&signed.public).join("\n");
    assert!(problems.contains("not the list that was signed"), "{problems}");
    fs::write(&list, text).unwrap();

    fs::remove_file(signed.file("data/root.js.minisig")).unwrap();
    let problems = signed.problems(&signed.public);
    assert!(problems[0].contains("is not signed"), "{problems:?}");
    let refused = run(&["verify", &signed.archive, "--key", "no-key"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_key_is_never_replaced() {
    let signed = Signed::make();
    let refused = run(&["sign", "--new-key", &signed.secret, "--no-password"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("never replaced"), "{}", stderr(&refused));
}

#[test]
fn a_new_pair_of_keys_is_told_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.key");
    let path = path.to_str().unwrap();
    let made = run(&["sign", "--new-key", path, "--no-password", "--json", "--quiet"]);
    assert_eq!((made.status.code(), &*stderr(&made)), (Some(0), ""));
    let told = &lines(&made)[0];
    assert_eq!(told["secret_key"], path);
    let public = fs::read_to_string(told["public_key"].as_str().unwrap()).unwrap();
    assert_eq!(public.lines().nth(1), told["key"].as_str());
}
