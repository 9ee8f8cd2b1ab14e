using System.Security.Claims;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Actors.Names;
using Realtime.Web.Auth;
using Realtime.Web.Rooms;

namespace Realtime.Web.Tests.Rooms;

/// <summary>Which clients may join and broadcast, by configuration.</summary>
public sealed class AccessSpec
{
    private static readonly ClaimsPrincipal Anybody = new(new ClaimsIdentity());
    private static readonly ClaimsPrincipal Ann = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann")], "test"));

    /// <summary>What nobody has configured.</summary>
    [Theory]
    [InlineData("Development", false, true, true)]
    [InlineData("Development", true, true, true)]
    [InlineData("Production", false, true, false)]
    [InlineData("Production", true, true, true)]
    [InlineData("Staging", false, true, false)]
    public Task Without_a_rule_only_those_known_by_name_broadcast_outside_Development(string environment, bool known, bool join, bool publish) =>
        ExpectAsync(new RoomSettings(), environment, "lobby", known, join, publish);

    [Theory]
    [InlineData("chat:a", false, false, false)]
    [InlineData("chat:a", true, true, false)]
    [InlineData("chat:open:a", true, true, false)] // the first match counts
    [InlineData("open:a", false, true, true)]
    [InlineData("servers", true, false, false)]
    [InlineData("servers2", true, true, true)]
    [InlineData("lobby", false, true, false)]
    public Task Each_pattern_has_rules_of_its_own(string room, bool known, bool join, bool publish)
    {
        var rules = new RoomSettings
        {
            Patterns =
            {
                new() { Pattern = "chat:*", Join = ClientAccess.Authenticated, Publish = ClientAccess.Servers },
                new() { Pattern = "chat:open:*", Join = ClientAccess.Clients, Publish = ClientAccess.Clients },
                new() { Pattern = "open:*", Publish = ClientAccess.Clients },
                new() { Pattern = "servers", Join = ClientAccess.Servers, Publish = ClientAccess.Servers },
            },
        };
        return ExpectAsync(rules, "Production", room, known, join, publish);
    }

    private static async Task ExpectAsync(RoomSettings rules, string environment, string room, bool known, bool join, bool publish)
    {
        var authorizer = new ConfiguredRoomAuthorizer(Options.Create(new RealtimeOptions { Rooms = rules }), new Environment(environment));
        var (user, socket, name) = (known ? Ann : Anybody, SocketId.Parse("1f3a90bc.AAAAAAAAAAAAAAAA"), RoomName.Parse(room));
        Assert.Equal(join, await authorizer.MayJoinAsync(user, socket, name, default));
        Assert.Equal(publish, await authorizer.MayPublishAsync(user, socket, name, default));
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = ".";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
