using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Web.Hosting;

namespace Realtime.Web;

/// <summary>Refuses to start with settings that cannot work, and says which and why.</summary>
internal sealed class RealtimeOptionsValidator : IValidateOptions<RealtimeOptions>
{
    private const int ShortestApiKey = 16;
    private const int ShortestSigningKey = 32;

    public ValidateOptionsResult Validate(string? name, RealtimeOptions options)
    {
        var problems = Problems(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(RealtimeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Data))
            yield return "Realtime:Data must name a folder.";
        if (options.ResumeWindow < TimeSpan.Zero)
            yield return "Realtime:ResumeWindow must not be negative.";
        if (options.AnswerWithin <= TimeSpan.Zero)
            yield return "Realtime:AnswerWithin must be positive.";
        if (options.DrainDelay < TimeSpan.Zero || options.DrainDelay > TimeSpan.FromDays(1))
            yield return "Realtime:DrainDelay must not be negative, and at most a day.";
        foreach (var role in options.Cluster.Roles.Where(role => role is not (Roles.Web or Roles.Room)))
            yield return $"Realtime:Cluster:Roles holds \"{role}\": it may hold \"web\" and \"room\".";
        if (options.Cluster.SeedNodes.Count == 0 && !options.Cluster.EffectiveRoles.Contains(Roles.Room))
            yield return "Realtime:Cluster:Roles lacks \"room\", and there are no Realtime:Cluster:SeedNodes: a node alone has to hold its rooms itself.";
        if (TlsProblem(options.Cluster.Tls) is { } wrong)
            yield return wrong;
        if (options.Persistence.Provider is not ("sqlite" or "postgres"))
            yield return $"Realtime:Persistence:Provider is \"{options.Persistence.Provider}\": it may be \"sqlite\" or \"postgres\".";
        if (options.Persistence is { Provider: "postgres", ConnectionString: null or "" })
            yield return "Realtime:Persistence:ConnectionString is needed for postgres.";
        if (options.Persistence.CheckedPerSecond is < 0 or > 10_000)
            yield return "Realtime:Persistence:CheckedPerSecond must be from 0 to 10000.";
        if (options.Persistence.Provider == "sqlite" && options.Cluster.SeedNodes.Count > 0)
            yield return "Several nodes cannot share an SQLite file: set Realtime:Persistence:Provider to postgres.";
        if (options.Models.Provider is not (null or "sqlite" or "postgres"))
            yield return $"Realtime:Models:Provider is \"{options.Models.Provider}\": it may be \"sqlite\" or \"postgres\".";
        if (options.Models is { Provider: "postgres", ConnectionString: null or "" } && options.Persistence.Provider != "postgres")
            yield return "Realtime:Models:ConnectionString is needed for postgres.";
        if (options.Limits.RoomNameBytes is < 1 or > 1024)
            yield return "Realtime:Limits:RoomNameBytes must be from 1 to 1024.";
        if (options.Limits.PayloadBytes is < 1 or > 4 * 1024 * 1024)
            yield return "Realtime:Limits:PayloadBytes must be from 1 to 4194304.";
        if (options.Limits.PresenceBytes is < 0 or > 64 * 1024)
            yield return "Realtime:Limits:PresenceBytes must be from 0 to 65536.";
        if (options.Limits.PageSize < 1 || options.Limits.RecordsPerSubscription < 1)
            yield return "Realtime:Limits:PageSize and RecordsPerSubscription must be positive.";
        if (options.Sockets.GoneWithin < TimeSpan.Zero || options.Sockets.GoneWithin > TimeSpan.FromMinutes(10))
            yield return "Realtime:Sockets:GoneWithin must not be negative, and at most 10 minutes.";
        if (options.VirtualRequests.PerSocket is < 1 or > 1024)
            yield return "Realtime:VirtualRequests:PerSocket must be from 1 to 1024.";
        if (options.VirtualRequests.RequestBytes is < 1 or > 16 * 1024 * 1024 || options.VirtualRequests.ResponseBytes is < 1 or > 64 * 1024 * 1024)
            yield return "Realtime:VirtualRequests:RequestBytes must be from 1 to 16777216, and ResponseBytes from 1 to 67108864.";
        if (options.VirtualRequests.AnswerWithin <= TimeSpan.Zero || options.VirtualRequests.AnswerWithin > TimeSpan.FromDays(1))
            yield return "Realtime:VirtualRequests:AnswerWithin must be positive, and at most a day.";
        if (options.Topics.Partitions is < 1 or > 1024)
            yield return "Realtime:Topics:Partitions must be from 1 to 1024.";
        if (options.Rooms.Patterns.Any(rules => rules.Pattern.Length == 0))
            yield return "Realtime:Rooms:Patterns holds an entry without a Pattern.";
        if (options.Auth.ApiKeys.Any(key => key.Length < ShortestApiKey))
            yield return $"Realtime:Auth:ApiKeys holds a key of fewer than {ShortestApiKey} characters.";
        if (options.Auth.Jwt is { } jwt)
        {
            if (jwt.Authority is null == jwt.SigningKey is null)
                yield return "Realtime:Auth:Jwt needs an Authority or a SigningKey, and not both.";
            if (jwt is { Authority: not null, Audience: null })
                yield return "Realtime:Auth:Jwt:Audience is needed with an Authority: its tokens for other services would open this one too.";
            if (jwt.SigningKey is { Length: < ShortestSigningKey })
                yield return $"Realtime:Auth:Jwt:SigningKey must have {ShortestSigningKey} characters or more.";
        }
        foreach (var origin in options.Auth.AllowedOrigins.Where(origin => !IsOrigin(origin)))
            yield return $"Realtime:Auth:AllowedOrigins holds \"{origin}\": it must be scheme://host or scheme://host:port, without a default port and without a path.";
    }

    // Read once here, so that a wrong file is named in one sentence and not by a node that does not start.
    private static string? TlsProblem(ClusterTlsSettings? tls)
    {
        if (tls is null)
            return null;
        if (tls.Certificate is not { Length: > 0 })
            return "Realtime:Cluster:Tls:Certificate must name the file of the certificate that all nodes share.";
        if (tls.AlsoTrusted.FirstOrDefault(thumbprint => thumbprint.Length != 40 || !thumbprint.All(char.IsAsciiHexDigit)) is { } wrong)
            return $"Realtime:Cluster:Tls:AlsoTrusted holds \"{wrong}\": a thumbprint has 40 hexadecimal digits.";
        try
        {
            using var read = ClusterTls.Read(tls);
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"Realtime:Cluster:Tls: {tls.Certificate} cannot be used as the certificate of the cluster: {unreadable.Message}";
        }
    }

    // Contract L-2.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.GetLeftPart(UriPartial.Authority) == text
            : text.StartsWith("file://", StringComparison.Ordinal);
}
