using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests.Clients;

/// <summary>The stock SignalR client of JavaScript, in a Node.js process of its own (see <c>Node/client.js</c>).</summary>
public sealed class NodeClient : IHubClient
{
    private static readonly string Folder = Path.Combine(Repository.TestProject, "Clients", "Node");

    private readonly Process _process;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _calls = [];
    private Task _reading = Task.CompletedTask;
    private Task<string> _errors = Task.FromResult("");
    private int _lastCall;

    private NodeClient(Process process) => _process = process;

    /// <inheritdoc/>
    public Inbox Inbox { get; } = new();

    /// <summary>Connects. Skips the test where there is no Node.js.</summary>
    public static async Task<NodeClient> ConnectAsync(Uri hub, HubProtocol protocol, IEnumerable<string> events)
    {
        Requires.That(OnPath("node"), "No Node.js: install it and run ./test.");
        Requires.That(Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The stock JavaScript client is not installed: run ./test, or npm ci in tests/Realtime.Host.Tests/Clients/Node.");
        var arguments = new[] { "client.js", hub.AbsoluteUri, protocol.ToString().ToLower(CultureInfo.InvariantCulture) };
        var client = new NodeClient(Process.Start(new ProcessStartInfo("node", [.. arguments, .. events])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        client._errors = client._process.StandardError.ReadToEndAsync();
        client._reading = client.ReadAsync();
        try
        {
            await client._connected.Task.WaitAsync(Eventually.Patience);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<JsonNode?> InvokeAsync(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["arguments"] = AnyValue.ToJson(arguments) };
        await _process.StandardInput.WriteLineAsync(call.ToJsonString());
        await _process.StandardInput.FlushAsync();
        return await answer.Task.WaitAsync(Eventually.Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new TimeoutException("The stock JavaScript client did not disconnect.");
        }
        finally
        {
            await _reading;
            _process.Dispose();
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            Take(JsonNode.Parse(line)!.AsObject());
        var ended = new InvalidOperationException($"The stock JavaScript client ended. {await _errors}");
        _connected.TrySetException(ended);
        foreach (var call in _calls.Values)
            call.TrySetException(ended);
    }

    private void Take(JsonObject line)
    {
        if (line.ContainsKey("connected"))
            _connected.SetResult();
        else if (line["event"] is { } name)
            Inbox.Add(new((string)name!, line["data"]?.DeepClone()));
        else if (line["error"] is { } error)
            _calls[(int)line["id"]!].TrySetException(new HubException((string)error!));
        else
            _calls[(int)line["id"]!].TrySetResult(line["result"]?.DeepClone());
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
