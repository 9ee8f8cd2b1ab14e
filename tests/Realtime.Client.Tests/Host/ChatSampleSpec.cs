using System.Diagnostics;
using System.Text.Json.Nodes;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests.Host;

/// <summary>The chat for the console: what is shown is what runs.</summary>
[Collection(nameof(RunningHost))]
public sealed class ChatSampleSpec(RunningHost fixture)
{
    private static readonly string Program = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Chat", "Program.cs"));

    [Fact]
    public void The_readme_of_the_package_shows_what_is_compiled()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "Realtime.Client", "README.md"));
        Assert.Contains(Program.Trim(), readme, StringComparison.Ordinal);
        var compiled = Unindented(Program + File.ReadAllText(Path.Combine(Repository.TestProject, "Support", "ReadmeExamples.cs")));
        var blocks = readme.Split("```").Where(block => block.StartsWith("csharp", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Unindented(block["csharp".Length..]).Trim(), compiled, StringComparison.Ordinal));

        static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
    }

    [Fact]
    public async Task It_says_what_is_typed_and_shows_what_is_said_and_who_is_here()
    {
        var host = fixture.Process;
        using var chat = Process.Start(new ProcessStartInfo("dotnet", [Repository.SampleAssembly("Chat"), host.Url.AbsoluteUri, "Ann"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            var shown = new Heard<string>();
            chat.OutputDataReceived += (_, line) => shown.Add(line.Data ?? "(the end)");
            chat.BeginOutputReadLine();
            await shown.WhenAsync(lines => lines.Contains("(1 here: Ann)"), "Ann is here");
            await chat.StandardInput.WriteLineAsync("Hello!");
            await shown.WhenAsync(lines => lines.Contains("Ann: Hello!"), "what Ann said");
            await host.BroadcastAsync("chat/lobby", "chat", new JsonObject { ["from"] = "Bob", ["text"] = "Hi Ann" });
            await shown.WhenAsync(lines => lines.Contains("Bob: Hi Ann"), "what Bob said");
            chat.StandardInput.Close();
            await shown.WhenAsync(lines => lines[^1] == "(the end)", "the end");
            Assert.Empty(await host.MembersAsync("chat/lobby"));
        }
        finally
        {
            if (!chat.HasExited)
                chat.Kill();
        }
    }
}
