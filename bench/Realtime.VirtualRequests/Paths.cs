using System.Net.Http.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.VirtualRequests;

/// <summary>A way to ask the application.</summary>
internal interface IPath : IAsyncDisposable
{
    string Name { get; }

    Task<string> AskAsync(string title);
}

/// <summary>What is sent and what comes back.</summary>
internal sealed record Album(string Title);

internal sealed class HttpPath(Uri application) : IPath
{
    private readonly HttpClient _client = new() { BaseAddress = application };

    public string Name => "HTTP, keep-alive";

    public async Task<string> AskAsync(string title)
    {
        using var answer = await _client.PostAsJsonAsync("/album", new Album(title));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Album>())!.Title;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class SocketPath(HubConnection connection) : IPath
{
    public string Name => "virtual request";

    public static async Task<SocketPath> ConnectAsync(Uri application)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(application, "/realtime"), options => options.Transports = HttpTransportType.WebSockets).Build();
        await connection.StartAsync();
        return new(connection);
    }

    public async Task<string> AskAsync(string title)
    {
        var answer = await connection.InvokeAsync<Answer>("Request", new { method = "POST", url = "/album", body = new Album(title) });
        return answer.StatusCode == 200 ? answer.Body.Title : throw new InvalidOperationException($"Status {answer.StatusCode}.");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private sealed record Answer(int StatusCode, Album Body);
}
