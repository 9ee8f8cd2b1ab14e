using Realtime.Actors.Cluster;
using Realtime.Web.Auth;

namespace Realtime.Web;

/// <summary>The knobs of the service, bound from the section <c>Realtime</c> of the configuration and checked at start.</summary>
public sealed class RealtimeOptions
{
    /// <summary>The section they are bound from.</summary>
    public const string Section = "Realtime";

    /// <summary>The folder of the embedded database, of signing keys, and of nothing else. Made when it is missing.</summary>
    public string Data { get; set; } = "data";

    /// <summary>How long a client whose connection or node was lost has to come back. Default one minute.</summary>
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a caller waits for a room or a topic. Default five seconds.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a node that is asked to end says that it is not ready, and serves on, before its clients are told to go. Default none;
    /// behind a load balancer, as long as that takes to notice.
    /// </summary>
    public TimeSpan DrainDelay { get; set; }

    /// <summary>Whether the demo page is served at <c>/</c>. Default: in Development only.</summary>
    public bool? Demo { get; set; }

    /// <summary>This node among others.</summary>
    public ClusterSettings Cluster { get; set; } = new();

    /// <summary>Where memberships are kept.</summary>
    public PersistenceSettings Persistence { get; set; } = new();

    /// <summary>What is too much.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>Who may do what.</summary>
    public AuthSettings Auth { get; set; } = new();

    /// <summary>How rooms behave, and who may do what in them.</summary>
    public RoomSettings Rooms { get; set; } = new();

    /// <summary>How topics behave.</summary>
    public TopicSettings Topics { get; set; } = new();

    /// <summary>How sessions of sockets behave.</summary>
    public SocketSettings Sockets { get; set; } = new();

    /// <summary>Models without code.</summary>
    public Models.Definitions.ModelSettings Models { get; set; } = new();

    /// <summary>How routes of the application are called over sockets.</summary>
    public VirtualRequestSettings VirtualRequests { get; set; } = new();
}

/// <summary>This node among others.</summary>
public sealed class ClusterSettings
{
    /// <summary>The address that other nodes reach this one at. Default loopback, for a node alone.</summary>
    public string Hostname { get; set; } = "127.0.0.1";

    /// <summary>The port that other nodes reach this one at; 0 (the default) takes a free one, for a node alone.</summary>
    public int Port { get; set; }

    /// <summary>Nodes to join, as <c>akka.tcp://realtime@host:port</c>. None: the node is a cluster of its own.</summary>
    public IList<string> SeedNodes { get; } = [];

    /// <summary>What this node does: <c>web</c>, <c>room</c>, or both. Empty means both.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>A file of <c>hocon/</c>, or the path of one, read on top of the others: Akka's own keys.</summary>
    public string? Hocon { get; set; }

    /// <summary>How nodes are sure of each other. Without it what they say is neither encrypted nor authenticated.</summary>
    public ClusterTlsSettings? Tls { get; set; }

    internal IReadOnlyCollection<string> EffectiveRoles =>
        Roles.Count == 0 ? [Actors.Cluster.Roles.Web, Actors.Cluster.Roles.Room] : [.. Roles];
}

/// <summary>The certificate that all nodes of a cluster share. Whoever has its private key is a node; it may be self-signed.</summary>
public sealed class ClusterTlsSettings
{
    /// <summary>The file of the certificate: PKCS #12 (<c>.pfx</c>) with its private key, or PEM together with <see cref="Key"/>.</summary>
    public string? Certificate { get; set; }

    /// <summary>The file of the private key, for a certificate in PEM.</summary>
    public string? Key { get; set; }

    /// <summary>The password of a PKCS #12 file.</summary>
    public string? Password { get; set; }

    /// <summary>Thumbprints (SHA-1, hexadecimal) of further certificates that nodes may show: while one is exchanged for another.</summary>
    public IList<string> AlsoTrusted { get; } = [];
}

/// <summary>Where memberships are kept.</summary>
public sealed class PersistenceSettings
{
    /// <summary><c>sqlite</c> (the default; a file in the data folder) or <c>postgres</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>How to reach it. Not needed for SQLite.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// How many stored rooms and topics a second are woken after a start, and after the loss of a node, to look whether their
    /// members' nodes still live. Default 200; 0 wakes none: members of lost nodes stay in rooms that nobody uses.
    /// </summary>
    public int CheckedPerSecond { get; set; } = 200;
}

/// <summary>What is too much. What is over a limit is refused with a code, and changes nothing.</summary>
public sealed class LimitSettings
{
    /// <summary>Length of a room name, in bytes of UTF-8. Default 256.</summary>
    public int RoomNameBytes { get; set; } = RoomName.DefaultMaxBytes;

    /// <summary>Size of the data of one event, in bytes of JSON. Default 64 KiB.</summary>
    public int PayloadBytes { get; set; } = 64 * 1024;

    /// <summary>Size of what a member tells about itself, in bytes of JSON. Default 1 KiB: all members are told.</summary>
    public int PresenceBytes { get; set; } = 1024;

    /// <summary>How many members, messages or rooms one page of a list has at most. Default 1000.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>How many records one subscription names at most. Default 1000.</summary>
    public int RecordsPerSubscription { get; set; } = 1000;
}

/// <summary>Who may do what. In Development everything is open; elsewhere what is not configured is closed.</summary>
public sealed class AuthSettings
{
    /// <summary>Keys that servers send as <c>Authorization: Bearer …</c> or <c>X-Api-Key</c>. At least 16 characters each.</summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>Origins whose pages may connect, beside the service's own: <c>https://app.example.com</c> (contract L-2).</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether clients may connect without a credential. Default: in Development only.</summary>
    public bool? AnonymousClients { get; set; }

    /// <summary>
    /// Whether <c>/__getcookie</c> gives pages of other origins the cookie of a session before they connect, where the application has
    /// sessions (contract V-22). Default: it does.
    /// </summary>
    public bool GrantSessionCookie { get; set; } = true;

    /// <summary>How bearer tokens of clients are checked. Without it, clients are known by whatever authentication the application has.</summary>
    public JwtSettings? Jwt { get; set; }
}

/// <summary>How bearer tokens (JWT) of clients are checked: by the keys of an authority, or by a key that is shared with their issuer.</summary>
public sealed class JwtSettings
{
    /// <summary>The OpenID Connect provider that issues the tokens: its address, below which its metadata are found.</summary>
    public string? Authority { get; set; }

    /// <summary>Instead of an authority: the key that tokens are signed with by HMAC, 32 characters or more.</summary>
    public string? SigningKey { get; set; }

    /// <summary>The issuer that tokens must name. Default: that of the authority's metadata; any with a signing key.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience that tokens must name. Needed with an authority, which issues tokens for others too.</summary>
    public string? Audience { get; set; }
}

/// <summary>How rooms or topics behave.</summary>
public class FeedSettings
{
    /// <summary>
    /// Whether a message is written down before its publisher is told, so that it survives the death of any node. Default: not,
    /// which is an order of magnitude faster.
    /// </summary>
    public bool Durable { get; set; }

    /// <summary>Messages kept for members that come back. Default 256; 0 keeps none.</summary>
    public int HistoryMessages { get; set; } = 256;

    /// <summary>Bytes of messages kept. Default 1 MiB.</summary>
    public long HistoryBytes { get; set; } = 1024 * 1024;

    /// <summary>How long messages are kept. Default five minutes.</summary>
    public TimeSpan HistoryAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long without a message a room or topic leaves memory. Default two minutes.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(2);

    internal virtual FeedOptions ToOptions() => new()
    {
        Durable = Durable,
        History = new() { MaxMessages = HistoryMessages, MaxBytes = HistoryBytes, MaxAge = HistoryAge },
        IdleAfter = IdleAfter,
    };
}

/// <summary>How rooms behave, and who may do what in them.</summary>
public class RoomRules : FeedSettings
{
    /// <summary>
    /// Whether members are known to each other: they can be listed with what they tell about themselves, and are told who
    /// comes and goes. Default: not; each change is a message to all, so it is for rooms of hundreds, not of a hundred thousand.
    /// </summary>
    public bool Presence { get; set; }

    /// <summary>
    /// Whether memberships are kept in memory only: to join and to leave costs no write, and they survive the death of the room's
    /// node, but not that of the socket's own together with the room. Default: not. To change it, restart all nodes at a time.
    /// </summary>
    public bool TransientMembership { get; set; }

    /// <summary>Which clients may join by themselves. Default: all that may connect.</summary>
    public ClientAccess Join { get; set; } = ClientAccess.Clients;

    /// <summary>Which clients may broadcast by themselves. Default: in Development all, elsewhere those that are known by name.</summary>
    public ClientAccess? Publish { get; set; }

    internal override FeedOptions ToOptions() => base.ToOptions() with { Presence = Presence, TransientMembership = TransientMembership };
}

/// <summary>How rooms behave whose names match no pattern, and how those do that match one.</summary>
public sealed class RoomSettings : RoomRules
{
    /// <summary>Rules for some rooms, by name; the first match counts. What a pattern leaves out has its default.</summary>
    public IList<RoomPatternSettings> Patterns { get; } = [];

    /// <summary>The rules for a room.</summary>
    public RoomRules For(RoomName room)
    {
        foreach (var pattern in Patterns)
        {
            if (Actors.Rooms.RoomPattern.Matches(pattern.Pattern, room.Value))
                return pattern;
        }
        return this;
    }
}

/// <summary>Rules for the rooms that match a pattern.</summary>
public sealed class RoomPatternSettings : RoomRules
{
    /// <summary>A room name in which <c>*</c> stands for any characters: <c>chat:*</c>.</summary>
    public string Pattern { get; set; } = string.Empty;
}

/// <summary>How topics behave.</summary>
public sealed class TopicSettings : FeedSettings
{
    /// <summary>
    /// Over how many entities the records of one model are spread. Default 1, which keeps one order for the whole model. The
    /// same on every node, and not to be changed while sockets are subscribed.
    /// </summary>
    public int Partitions { get; set; } = 1;

    /// <summary>
    /// Which clients may watch models and subscribe to records by themselves, over the hub. Default: in Development all, elsewhere
    /// none; blueprints subscribe those who may read, and their policies decide who that is.
    /// </summary>
    public ClientAccess? Subscribe { get; set; }
}

/// <summary>How sessions of sockets behave.</summary>
public sealed class SocketSettings
{
    /// <summary>What may wait for a client that reads slowly, in bytes. Default 1 MiB.</summary>
    public long QueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>What may wait for a client that reads slowly, in frames. Default 4096.</summary>
    public int QueuedFrames { get; set; } = 4096;

    /// <summary>What happens to a client that is over one of the two bounds. Default: it is disconnected, and recovers.</summary>
    public Actors.Sessions.SlowConsumerPolicy SlowConsumer { get; set; }

    /// <summary>
    /// How long a node that ends waits for the <see cref="Sockets.ISocketHooks"/> that it tells of its sockets (contract L-6). Default
    /// 5 seconds; 0: they are not told. It is part of the time that the host has to stop.
    /// </summary>
    public TimeSpan GoneWithin { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>How routes of the application are called over sockets (contract chapter 4).</summary>
public sealed class VirtualRequestSettings
{
    /// <summary>How many requests of one socket may run at a time; any more are answered with 429. Default 32.</summary>
    public int PerSocket { get; set; } = 32;

    /// <summary>Size of a request's body, in bytes of JSON; larger ones are answered with 413. Default 256 KiB.</summary>
    public int RequestBytes { get; set; } = 256 * 1024;

    /// <summary>Size of an answer's body, in bytes. Whoever writes more is stopped, and the answer is 500. Default 1 MiB.</summary>
    public int ResponseBytes { get; set; } = 1024 * 1024;

    /// <summary>How long the application may take; then it is told to stop, and the answer is 504 (V-8). Default 30 seconds.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether requests to endpoints that change the HTTP session run one after the other, of one session on one node (V-18). Default true;
    /// false: they run side by side, and of changes to the same key the last one counts. <see cref="HttpSessions.ChangesSessionAttribute"/>
    /// says it for one endpoint.
    /// </summary>
    public bool SessionTurns { get; set; } = true;

    /// <summary>
    /// Names of headers that only a proxy may set, beside <c>Forwarded</c>, <c>X-Forwarded-*</c>, <c>X-Original-*</c> and
    /// <c>X-Real-IP</c>: clients cannot set them over a socket either, the handshake's hold (V-11).
    /// </summary>
    public IList<string> ProxyHeaders { get; } = [];
}
