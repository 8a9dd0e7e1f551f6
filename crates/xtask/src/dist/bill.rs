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

/// Returns what the command and the viewer in it are made of, as JSON.
pub(crate) fn of(workspace: &Workspace, target: &str) -> anyhow::Result<String> {
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--locked", "--format-version=1"]);
    let metadata: Metadata = serde_json::from_slice(&command::output(&mut cargo)?)
        .context("cannot read the output of cargo metadata")?;
    let packages: BTreeMap<&str, &Package> =
        metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: BTreeMap<&str, &Node> =
        metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let id_of = |name: &str| {
        metadata
            .packages
            .iter()
            .find(|package| package.name == name)
            .map(|p| p.id.as_str())
    };
    // The viewer is embedded into the command: what it is made of is in there, too.
    let roots = ["vitrine-cli", "vitrine-viewer", "vitrine-panels", "vitrine-api"];
    let mut pending: Vec<&str> = roots.into_iter().filter_map(id_of).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if reached.insert(id)
            && let Some(node) = nodes.get(id)
        {
            pending.extend(shipped(node));
        }
    }
    let (mut components, mut dependencies) = (Vec::new(), Vec::new());
    for id in &reached {
        let (Some(package), Some(node)) = (packages.get(id), nodes.get(id)) else {
            continue;
        };
        components.push(component(package));
        let uses: Vec<String> = shipped(node)
            .filter_map(|id| packages.get(id).map(|package| reference(package)))
            .collect();
        dependencies.push(json!({ "ref": reference(package), "dependsOn": uses }));
    }
    let own: Vec<String> = roots
        .into_iter()
        .filter_map(|name| packages.get(id_of(name)?).map(|package| reference(package)))
        .collect();
    dependencies.push(json!({ "ref": "vitrine", "dependsOn": own }));
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

    #[test]
    fn every_component_is_reached_from_the_command() {
        let bill = of(&Workspace::find().unwrap(), "some-target").unwrap();
        let bill: Value = serde_json::from_str(&bill).unwrap();
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
        let components = bill["components"].as_array().unwrap().iter();
        let components: BTreeSet<&str> =
            components.map(|component| component["bom-ref"].as_str().unwrap()).collect();
        assert!(components.len() > 100, "{}", components.len());
        assert_eq!(reached, components);
    }
}
