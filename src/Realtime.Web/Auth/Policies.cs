namespace Realtime.Web.Auth;

/// <summary>The names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>For servers: an API key.</summary>
    public const string Server = "Realtime.Server";

    /// <summary>For clients: any credential that the application knows, or none where anonymous clients are welcome.</summary>
    public const string Client = "Realtime.Client";
}
