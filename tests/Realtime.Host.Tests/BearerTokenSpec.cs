using System.Net;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>Clients that show a bearer token, to a service in production.</summary>
public sealed class BearerTokenSpec(BearerTokenSpec.Fixture fixture) : IClassFixture<BearerTokenSpec.Fixture>
{
    private readonly HostProcess _host = fixture.Process;

    [Theory, InlineData(HubProtocol.Json), InlineData(HubProtocol.MessagePack)]
    public async Task A_good_token_opens_the_hub_and_says_who_the_client_is(HubProtocol protocol)
    {
        await using var client = await ConnectAsync(SignedToken.For("ann@example.com", TimeSpan.FromHours(1)), protocol, "$presence");
        await client.InvokeAsync("Join", $"known/{protocol}");
        Assert.Equal("ann@example.com", (string)(await client.Inbox.NextAsync()).Data!["joined"]![0]!["user"]!);
        await client.InvokeAsync("Broadcast", $"known/{protocol}", "hello", null); // permitted in production to those who are known
    }

    public static TheoryData<string, string?> BadTokens => new()
    {
        { "none", null },
        { "no token at all", "nonsense" },
        { "signed by somebody else", SignedToken.For("ann", TimeSpan.FromHours(1), "another-key-of-somebody-who-is-not-us") },
        { "over", SignedToken.For("ann", TimeSpan.FromSeconds(-1)) },
        { "unsigned", SignedToken.For("ann", TimeSpan.FromHours(1))[..^10] },
    };

    [Theory, MemberData(nameof(BadTokens))]
    public async Task Any_other_is_refused(string what, string? token)
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(token));
        Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized, what);
    }

    [Fact]
    public async Task A_connection_ends_when_its_token_does_and_its_socket_resumes_with_a_fresh_one()
    {
        await using var first = await ConnectAsync(SignedToken.For("ann", TimeSpan.FromSeconds(4)), HubProtocol.Json, "hello");
        var hello = (await first.InvokeAsync("Hello"))!;
        var place = (await first.InvokeAsync("Join", "lasting"))!;
        var closed = new TaskCompletionSource();
        first.Connection.Closed += _ =>
        {
            closed.SetResult();
            return Task.CompletedTask;
        };
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await _host.BroadcastAsync("lasting", "hello", "meanwhile");
        await using var second = await ConnectAsync(SignedToken.For("ann", TimeSpan.FromHours(1)), HubProtocol.Json, "hello");
        var resumed = await second.InvokeAsync("Resume", (string)hello["resumeToken"]!,
            new[] { new { room = "lasting", epoch = (long)place["epoch"]!, seq = (long)place["seq"]! } });
        Assert.True((bool)resumed!["rooms"]![0]!["recovered"]!);
        Assert.Equal("meanwhile", (string)(await second.Inbox.NextAsync()).Data!);
    }

    private Task<DotNetClient> ConnectAsync(string? token, HubProtocol protocol = HubProtocol.Json, params string[] events) =>
        DotNetClient.ConnectAsync(_host.Hub, protocol, events, http => http.AccessTokenProvider = () => Task.FromResult(token));

    /// <summary>One Host in production.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private const string ApiKey = "0123456789abcdef";

        public HostProcess Process { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Process = await HostProcess.StartAsync(new HostSetup { Environment = "Production" }
                .With("Realtime:Auth:ApiKeys:0", ApiKey)
                .With("Realtime:Auth:Jwt:SigningKey", SignedToken.Key)
                .With("Realtime:Rooms:Patterns:0:Pattern", "known/*")
                .With("Realtime:Rooms:Patterns:0:Presence", "true"));
            Process.Http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        }

        public Task DisposeAsync() => Process.DisposeAsync().AsTask();
    }
}
