using System.Security.Claims;

namespace Realtime.Web.Auth;

/// <summary>Which clients may do something. Servers, with an API key or in code, always may.</summary>
public enum ClientAccess
{
    /// <summary>All that may connect.</summary>
    Clients,

    /// <summary>Those that have shown a credential.</summary>
    Authenticated,

    /// <summary>None: servers only.</summary>
    Servers,
}

/// <summary>What the values of <see cref="ClientAccess"/> mean.</summary>
internal static class ClientAccessRules
{
    public static bool Admits(this ClientAccess access, ClaimsPrincipal user) => access switch
    {
        ClientAccess.Clients => true,
        ClientAccess.Authenticated => user.Identity is { IsAuthenticated: true },
        _ => false,
    };
}
