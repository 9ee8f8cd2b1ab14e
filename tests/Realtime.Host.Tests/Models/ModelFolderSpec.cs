using System.Diagnostics;
using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;

namespace Realtime.Host.Tests.Models;

/// <summary>The service alone, with a folder of definitions.</summary>
public sealed class ModelFolderSpec : IDisposable
{
    private const string Folder = "Realtime:Models:Folder";
    private const string Key = "0123456789abcdef";

    private readonly TempFolder _models = new();

    public void Dispose() => _models.Dispose();

    [SkippableFact]
    public async Task The_examples_of_the_documentation_do_what_it_says()
    {
        Requires.That(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "There is no bash or no curl.");
        var documented = new DocumentedModels("docs/models-without-code.md");
        documented.Write(_models.Path);
        await using var host = await HostProcess.StartAsync(new HostSetup().With(Folder, _models.Path));
        await using var watcher = await StockClient.DotNetJson.ConnectAsync(host.Hub, "album");
        await watcher.InvokeAsync("Watch", "album");

        var commands = documented.Requests("album", "track").ToArray();
        await RunAsync(host, commands);

        Assert.Equal(4, commands.Count(command => command.Answer is not null));
        var events = await watcher.Inbox.NextAsync(2);
        Assert.Equal(("created", "Kind of Blue"), ((string)events[0].Data!["verb"]!, (string)events[0].Data!["data"]!["title"]!));
        Assert.Equal("""{"verb":"addedTo","id":1,"attribute":"tracks","addedId":1,"addedIds":[1]}""", events[1].Data!.ToJsonString());
    }

    [SkippableFact]
    public async Task The_example_of_the_readme_does_what_it_says()
    {
        Requires.That(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "There is no bash or no curl.");
        var documented = new DocumentedModels("README.md");
        documented.Write(_models.Path);
        await using var host = await HostProcess.StartAsync(new HostSetup().With(Folder, _models.Path));
        var commands = documented.Requests("task").ToArray();
        await RunAsync(host, commands);
        Assert.NotNull(Assert.Single(commands).Answer);
    }

    [Fact]
    public async Task A_wrong_definition_keeps_it_from_starting_and_is_named()
    {
        File.WriteAllText(_models["pet.json"], """{"attributes":{"name":"txt"}}""");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HostProcess.StartAsync(new HostSetup().With(Folder, _models.Path)));
        Assert.Contains("ended with code 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("pet.json, attribute \"name\": \"type\" is \"txt\"", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Somebody who wants the demo in Production has said so: its tables need no further word, its callers a credential.</summary>
    [Fact]
    public async Task The_demo_brings_its_models_also_in_Production()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup { Environment = "Production" }
            .With("Realtime:Demo", "true").With("Realtime:Auth:ApiKeys:0", Key));
        foreach (var model in new[] { "user", "pet", "message" })
        {
            Assert.Equal(401, await StatusAsync(host, $"/{model}", null));
            Assert.Equal(200, await StatusAsync(host, $"/{model}", Key));
        }
    }

    [Fact]
    public async Task A_new_attribute_is_there_after_a_restart_and_so_are_the_records()
    {
        File.WriteAllText(_models["pet.json"], """{"attributes":{"name":"string"}}""");
        await using var host = await HostProcess.StartAsync(new HostSetup().With(Folder, _models.Path));
        await host.SendAsync(HttpMethod.Post, "/pet", new JsonObject { ["name"] = "Rex" });
        await host.StopAsync();

        File.WriteAllText(_models["pet.json"], """{"attributes":{"name":"string","kind":{"type":"string","defaultsTo":"dog"}}}""");
        await host.StartAgainAsync();

        Assert.Equal("""{"id":1,"kind":"dog","name":"Rex"}""", (await host.SendAsync(HttpMethod.Get, "/pet/1")).ToJsonString());
    }

    [Fact]
    public async Task In_Production_tables_are_made_when_somebody_says_so_and_records_are_for_those_whom_the_file_names()
    {
        File.WriteAllText(_models["secret.json"], """{"attributes":{"text":"string"}}""");
        File.WriteAllText(_models["note.json"], """{"attributes":{"text":"string","by":"string"},"policies":{"read":"authenticated","write":"authenticated","owner":"by"}}""");
        var setup = new HostSetup { Environment = "Production" }.With(Folder, _models.Path)
            .With("Realtime:Auth:ApiKeys:0", Key).With("Realtime:Auth:Jwt:SigningKey", SignedToken.Key);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HostProcess.StartAsync(setup));
        Assert.Contains("CREATE TABLE \"note\"", refused.Message, StringComparison.Ordinal);

        await using var host = await HostProcess.StartAsync(setup.With("Realtime:Models:Migrate", "alter"));
        await host.StopAsync();
        await host.StartAgainAsync(setup);

        Assert.Equal(401, await StatusAsync(host, "/note", null));
        Assert.Equal(200, await StatusAsync(host, "/note", SignedToken.For("ann", TimeSpan.FromHours(1)), """{"text":"mine"}"""));
        Assert.Equal(200, await StatusAsync(host, "/note/1", SignedToken.For("ann", TimeSpan.FromHours(1))));
        Assert.Equal(404, await StatusAsync(host, "/note/1", SignedToken.For("bob", TimeSpan.FromHours(1))));
        Assert.Equal(200, await StatusAsync(host, "/note/1", Key));
        Assert.Equal(403, await StatusAsync(host, "/secret", SignedToken.For("ann", TimeSpan.FromHours(1))));
        Assert.Equal(200, await StatusAsync(host, "/secret", Key));
    }

    private static async Task<int> StatusAsync(HostProcess host, string path, string? bearer, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (bearer is not null)
            request.Headers.Authorization = new("Bearer", bearer);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await host.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task RunAsync(HostProcess host, IEnumerable<(string Command, string? Answer)> commands)
    {
        foreach (var (command, expected) in commands)
        {
            var answer = await RunAsync(command.Replace("localhost:5080", host.Url.Authority, StringComparison.Ordinal));
            if (expected is not null)
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(answer)), $"{command}\nExpected {expected}\nActual   {answer}");
        }
    }

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{command}: {await error}");
        return output;
    }
}
