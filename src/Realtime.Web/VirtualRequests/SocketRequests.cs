using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Realtime.Web.Hubs;

namespace Realtime.Web.VirtualRequests;

/// <summary>What the virtual requests of one connection share: its handshake, its user, and how many run.</summary>
internal sealed class SocketRequests
{
    private readonly SocketLink _link;
    private readonly ClaimsPrincipal? _user;
    private readonly IAuthenticationSchemeProvider? _schemes;
    private readonly string[] _schemesOfUser;
    private bool? _isKnownByCookie;
    private int _running;

    public SocketRequests(SocketLink link, HubCallerContext caller)
    {
        var http = caller.GetHttpContext() ?? throw new InvalidOperationException("A connection of the hub begins with an HTTP request.");
        (_link, _user, Gone) = (link, caller.User, caller.ConnectionAborted);
        Handshake = new Handshake(http, http.RequestServices.GetRequiredService<IOptions<RealtimeOptions>>().Value.VirtualRequests);
        _schemes = http.RequestServices.GetService<IAuthenticationSchemeProvider>();
        _schemesOfUser = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme.Split(';') ?? [];
    }

    public Handshake Handshake { get; }

    /// <summary>Cancelled when the connection has ended.</summary>
    public CancellationToken Gone { get; }

    /// <summary>The socket; another one after a connection has resumed it.</summary>
    public SocketId Socket => _link.Socket;

    /// <summary>The socket's session.</summary>
    public Akka.Actor.IActorRef Session => _link.Session;

    /// <summary>
    /// Who a request comes from, before the application authenticates it. Whoever proved itself at the handshake remains who
    /// it is. But a cookie is looked at anew with each request, as over HTTP, so that logging out over the socket works.
    /// </summary>
    public async ValueTask<ClaimsPrincipal?> UserAsync() => (_isKnownByCookie ??= await IsKnownByCookieAsync()) ? null : _user;

    /// <summary>Takes one of the socket's places; false when none is free.</summary>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _running) <= most)
            return true;
        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _running);

    private async Task<bool> IsKnownByCookieAsync()
    {
        foreach (var name in _schemesOfUser)
        {
            if (_schemes is not null && await _schemes.GetSchemeAsync(name) is { } scheme
                && typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
                return true;
        }
        return false;
    }
}
