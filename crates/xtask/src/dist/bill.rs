//! The bill of materials of the command: `CycloneDX` 1.5, from what cargo resolved.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::command;
use crate::workspace::Workspace;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    description: Option<String>,
    repository: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

/// What the viewer is built for.
const VIEWER_TARGET: &str = "wasm32-unknown-unknown";

/// Packages that others are made of, and what each of these uses, by reference.
#[derive(Default)]
struct Parts {
    components: BTreeMap<String, Value>,
    uses: BTreeMap<String, BTreeSet<String>>,
}

/// Returns what the command and the viewer in it are made of, as JSON.
pub(crate) fn of(workspace: &Workspace, target: &str) -> anyhow::Result<String> {
    let mut parts = Parts::default();
    let mut own = parts.add(&metadata(workspace, target)?, &["vitrine-cli"]);
    // The viewer is embedded into the command: what it is made of is in there, too.
    let viewer = ["vitrine-viewer", "vitrine-panels", "vitrine-api"];
    own.extend(parts.add(&metadata(workspace, VIEWER_TARGET)?, &viewer));
    parts.uses.insert("vitrine".to_owned(), own);
    let components: Vec<_> = parts.components.into_values().collect();
    let dependencies: Vec<_> = parts
        .uses
        .into_iter()
        .map(|(reference, uses)| json!({ "ref": reference, "dependsOn": uses }))
        .collect();
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": "vitrine",
            "name": "vitrine",
            "version": env!("CARGO_PKG_VERSION"),
            "properties": [{ "name": "target", "value": target }],
        } },
        "components": components,
        "dependencies": dependencies,
    });
    Ok(serde_json::to_string_pretty(&bill)?)
}

/// What cargo resolves for a target: nothing that only others need.
fn metadata(workspace: &Workspace, target: &str) -> anyhow::Result<Metadata> {
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--locked", "--format-version=1"]);
    cargo.args(["--filter-platform", target]);
    serde_json::from_slice(&command::output(&mut cargo)?)
        .context("cannot read the output of cargo metadata")
}

impl Parts {
    /// Adds these packages and what they are made of. Returns their references.
    fn add(&mut self, metadata: &Metadata, roots: &[&str]) -> BTreeSet<String> {
        let packages: BTreeMap<&str, &Package> = metadata
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package))
            .collect();
        let nodes = metadata.resolve.nodes.iter();
        let nodes: BTreeMap<&str, &Node> =
            nodes.map(|node| (node.id.as_str(), node)).collect();
        let roots: Vec<&Package> = packages
            .values()
            .copied()
            .filter(|package| roots.contains(&package.name.as_str()))
            .collect();
        let mut pending: Vec<&str> =
            roots.iter().map(|package| package.id.as_str()).collect();
        let mut reached = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if !reached.insert(id) {
                continue;
            }
            let (Some(package), Some(node)) = (packages.get(id), nodes.get(id)) else {
                continue;
            };
            pending.extend(shipped(node));
            self.components.insert(reference(package), component(package));
            let uses = shipped(node).filter_map(|id| packages.get(id).copied());
            self.uses.entry(reference(package)).or_default().extend(uses.map(reference));
        }
        roots.into_iter().map(reference).collect()
    }
}

/// What a package is built with and ships: not what only its tests need.
fn shipped(node: &Node) -> impl Iterator<Item = &str> {
    let ships = |dependency: &&Dependency| {
        dependency.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))
    };
    node.deps.iter().filter(ships).map(|dependency| dependency.pkg.as_str())
}

fn reference(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version)
}

fn component(package: &Package) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(package),
        "name": package.name,
        "version": package.version,
    });
    if let Some(license) = &package.license {
        // Old manifests part alternatives by a slash.
        let expression = license.replace('/', " OR ");
        component["licenses"] = json!([{ "expression": expression }]);
    }
    if let Some(description) = &package.description {
        component["description"] = json!(description.trim());
    }
    if package.source.is_some() {
        component["purl"] = json!(reference(package));
    }
    if let Some(repository) = &package.repository {
        component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    component
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::of;
    use crate::workspace::Workspace;

    fn bill(target: &str) -> Value {
        let bill = of(&Workspace::find().unwrap(), target).unwrap();
        serde_json::from_str(&bill).unwrap()
    }

    fn components(bill: &Value) -> BTreeSet<&str> {
        let components = bill["components"].as_array().unwrap().iter();
        components.map(|component| component["bom-ref"].as_str().unwrap()).collect()
    }

    #[test]
    fn every_component_is_reached_from_the_command() {
        let bill = bill("x86_64-unknown-linux-musl");
        let uses = |reference: &str| -> Vec<&str> {
            let all = bill["dependencies"].as_array().unwrap();
            let node = all.iter().find(|node| node["ref"] == reference).unwrap();
            let uses = node["dependsOn"].as_array().unwrap().iter();
            uses.map(|reference| reference.as_str().unwrap()).collect()
        };
        let root = bill["metadata"]["component"]["bom-ref"].as_str().unwrap();
        let (mut reached, mut pending) = (BTreeSet::new(), uses(root));
        assert!(pending.iter().any(|reference| reference.contains("/vitrine-cli@")));
        while let Some(reference) = pending.pop() {
            if reached.insert(reference) {
                pending.extend(uses(reference));
            }
        }
        let components = components(&bill);
        assert!(components.len() > 100, "{}", components.len());
        assert_eq!(reached, components);
    }

    #[test]
    fn components_are_those_of_the_target_and_of_the_viewer() {
        let linux = bill("x86_64-unknown-linux-musl");
        let windows = bill("x86_64-pc-windows-msvc");
        let has = |bill: &Value, name: &str| {
            components(bill).iter().any(|component| component.contains(name))
        };
        assert!(has(&windows, "/windows-sys@"));
        assert!(!has(&linux, "/windows"));
        for bill in [&linux, &windows] {
            assert!(has(bill, "/vitrine-viewer@") && has(bill, "/wasm-bindgen@"));
        }
    }
}
