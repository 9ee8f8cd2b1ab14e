using System.Text.RegularExpressions;
using Realtime.Testing;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Realtime.Web.Tests.Deployment;

/// <summary>The files that the service is deployed by, as far as tests look into them.</summary>
internal static partial class DeploymentFiles
{
    /// <summary>Stands for a secret: long enough to be one.</summary>
    private const string Secret = "0123456789abcdef0123456789abcdef";

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    public static Dictionary<string, string> OfImage() => Pairs(Setting().Matches(Text("Dockerfile")));

    public static Dictionary<string, string> OfCompose(string service) =>
        Flat(Yaml("compose.yaml")[0].At("services", service, "environment")).ToDictionary(pair => pair.Key, pair => Wanted().Replace(pair.Value, Secret));

    public static Dictionary<string, string> OfKubernetes()
    {
        var settings = Flat(Manifest("ConfigMap").At("data"));
        foreach (var variable in Container().At("env").Items().Where(variable => variable.Has("value")))
            settings[variable.At("name").Text()] = variable.At("value").Text().Replace("$(NODE)", "realtime-0").Replace("$(NAMESPACE)", "realtime");
        foreach (var (name, value) in Pairs(Literal().Matches(Text("docs", "deploy.md"))))
            settings[name] = value.Trim('\'');
        return settings;
    }

    public static Dictionary<string, string> OfSystemd()
    {
        var settings = Pairs(UnitSetting().Matches(Text("deploy", "systemd", "realtime.service")));
        foreach (var (name, value) in Pairs(Setting().Matches(Fence().Match(Text("docs", "deploy.md")).Value)))
            settings[name] = value;
        return settings;
    }

    public static object Compose(string service) => Yaml("compose.yaml")[0].At("services", service);

    public static object Container() => Assert.Single(Manifest("StatefulSet").At("spec", "template", "spec", "containers").Items());

    public static object Manifest(string kind, string name = "realtime") => Assert.Single(
        Manifests(), manifest => manifest.At("kind").Text() == kind && manifest.At("metadata", "name").Text() == name);

    private static IEnumerable<object> Manifests() => Yaml("deploy", "kubernetes", "kustomization.yaml")[0].At("resources").Items()
        .SelectMany(file => Yaml("deploy", "kubernetes", file.Text()));

    private static List<object> Yaml(params string[] path)
    {
        var parser = new MergingParser(new Parser(new StringReader(Text(path))));
        var (reader, documents) = (new Deserializer(), new List<object>());
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(reader.Deserialize(parser)!);
        return documents;
    }

    private static Dictionary<string, string> Flat(object map) =>
        ((Dictionary<object, object?>)map).ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? string.Empty);

    private static Dictionary<string, string> Pairs(MatchCollection matches) =>
        matches.ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

    public static object At(this object node, params string[] path) => path.Aggregate(node, (at, key) => ((Dictionary<object, object>)at)[key]);

    public static bool Has(this object node, string key) => ((Dictionary<object, object>)node).ContainsKey(key);

    public static IEnumerable<object> Items(this object node) => (List<object>)node;

    public static string Text(this object node) => (string)node;

    [GeneratedRegex(@"^(?:ENV)?\s*(?<name>[A-Z][A-Za-z0-9_]*)=(?<value>[^\s\\]*)(?: \\)?$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("^Environment=(?<name>[^=]+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex UnitSetting();

    [GeneratedRegex(@"--from-literal=(?<name>\w+)=(?<value>'[^']*'|\S+)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"```ini\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\$\{\w+:\?[^}]*\}")]
    private static partial Regex Wanted();
}
