using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Realtime.Web.Auth;

/// <summary>
/// Signs the tokens by which a client proves on another connection, perhaps to another node, that it is a socket. Whether
/// the socket may still come back is not in the token: its rooms decide that.
/// </summary>
internal sealed class ResumeTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Realtime.ResumeToken.v1");

    public string Issue(SocketId socket) => _protector.Protect(socket.Value);

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidResumeToken"/></exception>
    public SocketId Read(string? token)
    {
        try
        {
            return SocketId.Parse(_protector.Unprotect(token ?? string.Empty));
        }
        catch (Exception refused) when (refused is CryptographicException or FormatException or RealtimeException)
        {
            throw new RealtimeException(ErrorCodes.InvalidResumeToken,
                "This resume token is not one of this service: connect anew and join again.", refused);
        }
    }
}
