using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests;

/// <summary>
/// What the documents show is what runs: C# is that of the samples, which are compiled and started here, and so are commands for a
/// shell. Documents with JavaScript are run by the tests of the JavaScript client.
/// </summary>
public sealed partial class DocsSpec
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "getting-started");

    // Which numbers and times another run gives: only their kind is compared.
    private static readonly HashSet<string> Changing = ["epoch", "id"];

    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Folder, "*.md").Select(file => Path.GetFileName(file)!).Order()];

    [Theory, MemberData(nameof(Documents))]
    public void Csharp_in_a_document_is_that_of_a_sample(string document)
    {
        var samples = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        Assert.All(Blocks(document, "csharp"), code => Assert.Contains(samples, sample => sample.Contains(code.Trim(), StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        var links = Link().Matches(File.ReadAllText(Path.Combine(Folder, document))).Select(link => link.Groups[1].Value);
        Assert.All(links.Where(link => !link.StartsWith("http", StringComparison.Ordinal)), link =>
            Assert.True(Path.Exists(Path.Combine(Folder, link.Split('#')[0])), link));
    }

    [Fact]
    public void The_index_leads_to_every_document()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var index = Link().Matches(File.ReadAllText(Path.Combine(docs, "README.md"))).Select(link => Path.GetFullPath(Path.Combine(docs, link.Groups[1].Value))).ToArray();
        Assert.All(index, path => Assert.True(Path.Exists(path), path));
        var all = Directory.EnumerateFiles(docs, "*.md").Concat(Directory.EnumerateFiles(Folder, "*.md")).Where(file => Path.GetDirectoryName(file) != docs || Path.GetFileName(file) != "README.md");
        Assert.All(all, file => Assert.Contains(file, index));
    }

    [Theory, InlineData("embed-in-aspnet-core.md", "Embedded"), InlineData("from-signalr-groups.md", "FromGroups")]
    public async Task Commands_of_a_document_answer_as_it_says(string document, string sample)
    {
        await using var app = await HostProcess.StartAsync(new HostSetup { Assembly = Repository.SampleAssembly(sample) });
        var commands = Blocks(document, "sh").SelectMany(block => Command().Matches(block)).ToArray();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var answer = await RunAsync(command.Groups["command"].Value.Replace("localhost:5080", app.Url.Authority, StringComparison.Ordinal));
            Assert.Equal(Plain(command.Groups["answer"].Value), Plain(answer));
        }
    }

    [Fact]
    public async Task The_chat_that_came_from_groups_tells_the_others_in_the_room()
    {
        await using var app = await HostProcess.StartAsync(new HostSetup { Assembly = Repository.SampleAssembly("FromGroups") });
        await using var ann = await Clients.ConnectAsync(app.Url);
        await using var bob = await Clients.ConnectAsync(app.Url);
        var (annHeard, bobHeard) = (new Heard<string>(), new Heard<string>());
        using var one = ann.On<string>("said", annHeard.Add);
        using var two = bob.On<string>("said", bobHeard.Add);
        foreach (var client in new[] { ann, bob })
            Assert.Equal(200, (await client.PostAsync<JsonElement>("/chat/lobby/enter")).StatusCode);
        Assert.Equal(200, (await ann.PostAsync<JsonElement>("/chat/lobby/say", new { text = "Hello!" })).StatusCode);
        await app.SendAsync(HttpMethod.Post, "/close/lobby");
        Assert.Equal(["Hello!", "We close in five minutes."], await bobHeard.WhenAsync(2));
        Assert.Equal(["We close in five minutes."], await annHeard.WhenAsync(1));
        Assert.True((await bob.PostAsync<JsonElement>("/chat/lobby/exit")).IsSuccess);
        Assert.Equal([ann.SocketId!], await app.MembersAsync("lobby"));
    }

    private static IEnumerable<string> Blocks(string document, string language) =>
        Block().Matches(File.ReadAllText(Path.Combine(Folder, document))).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{command} --fail-with-body --silent"]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{command}\n{output}");
        return output;
    }

    private static string Plain(string json)
    {
        var node = JsonNode.Parse(json)!;
        foreach (var part in node is JsonArray items ? items.OfType<JsonObject>() : [node.AsObject()])
            foreach (var name in part.Select(property => property.Key).Where(Changing.Contains).ToArray())
                part[name] = part[name]!.GetValueKind().ToString();
        return node.ToJsonString();
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?<command>curl (?:.*\\\n)*.*)\n# (?<answer>.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
