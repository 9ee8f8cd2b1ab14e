using System.Text.Json;
using System.Text.RegularExpressions;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests;

/// <summary>The tables of the documents name what there is: routes of the running service, and methods of its interfaces.</summary>
[Collection(nameof(RunningHost))]
public sealed partial class DocsTablesSpec(RunningHost fixture)
{
    private static readonly string Text = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "getting-started"), "*.md").Select(File.ReadAllText));

    [Fact]
    public async Task Every_route_is_one_of_the_service()
    {
        using var description = JsonDocument.Parse(await fixture.Process.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var routes = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {AnyParameter(path.Name)}"))
            .ToHashSet();
        var named = Route().Matches(Text).Select(route => AnyParameter(route.Groups[1].Value)).Distinct().ToArray();
        Assert.True(named.Length >= 10, $"only {named.Length} routes were found in the documents");
        Assert.All(named, route => Assert.Contains(route, routes));
    }

    [Fact]
    public void Every_method_is_one_of_an_interface()
    {
        var web = Path.Combine(Repository.Root, "src", "Realtime.Web");
        var interfaces = new Dictionary<string, string>
        {
            ["rooms"] = File.ReadAllText(Path.Combine(web, "Rooms", "IRooms.cs")),
            ["topic"] = File.ReadAllText(Path.Combine(web, "Models", "Publishing", "ITopic.cs")),
            ["topics"] = File.ReadAllText(Path.Combine(web, "Topics", "ITopics.cs")),
            ["sockets"] = File.ReadAllText(Path.Combine(web, "Sockets", "ISockets.cs")),
        };
        var named = Method().Matches(Text).Select(method => (Of: method.Groups[1].Value, Name: method.Groups[2].Value)).Distinct().ToArray();
        Assert.True(named.Length >= 10, $"only {named.Length} methods were found in the documents");
        Assert.All(named, method => Assert.Matches($@" {method.Name}(<T>)?\(", interfaces[method.Of]));
    }

    /// <summary>Contract chapters 1, 2 and 6: whoever comes from Sails finds each of its names.</summary>
    [Theory]
    [InlineData("## `sails.sockets`", "join leave addRoomMembersToRooms removeRoomMembersFromRooms leaveAll broadcast blast emit emitToAll getId id get parseSocket rooms subscribers socketRooms subscribeToFirehose")]
    [InlineData("## Models", "subscribe unsubscribe publish watch unwatch message publishCreate publishUpdate publishDestroy publishAdd publishRemove noReverse getRoomName room classRoom subscribers watchers autosubscribe beforePublishUpdate afterPublishUpdate")]
    [InlineData("## Requests", "isSocket socket session policies csrf redirect")]
    [InlineData("## `config/sockets.js`", "adapter transports path pingInterval pingTimeout maxHttpBufferSize onlyAllowOrigins beforeConnect afterDisconnect sendResponseHeaders sendStatusCode grant3rdPartyCookie serveClient allowUpgrades cookie")]
    public void Every_name_of_Sails_has_a_row(string chapter, string names)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "getting-started", "from-sails.md"));
        var rows = text[text.IndexOf(chapter, StringComparison.Ordinal)..].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith('|')).Select(row => row.Split(" | ")[0]).ToArray();
        Assert.All(names.Split(' '), name => Assert.Contains(rows, row => Regex.IsMatch(row, $@"(?<!\w){name}(?!\w)")));
    }

    private static string AnyParameter(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"`((?:GET|POST|PUT|DELETE) /api/[^`?]+)")]
    private static partial Regex Route();

    [GeneratedRegex(@"\b(rooms|topics|topic|sockets)\.(\w+Async)")]
    private static partial Regex Method();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
