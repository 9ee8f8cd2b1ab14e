using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Realtime.Testing;

/// <summary>Bearer tokens as an issuer makes them who shares a key with the service.</summary>
public static class SignedToken
{
    /// <summary>A key that is long enough.</summary>
    public const string Key = "a-signing-key-of-tests-with-many-characters";

    /// <summary>A token for a user.</summary>
    /// <param name="user">Becomes the claim <c>sub</c>.</param>
    /// <param name="lifetime">How long it is good for; may be over already.</param>
    /// <param name="key">What it is signed with.</param>
    public static string For(string user, TimeSpan lifetime, string key = Key)
    {
        var now = DateTimeOffset.UtcNow;
        var text = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(new
        {
            sub = user, iat = now.AddHours(-1).ToUnixTimeSeconds(), nbf = now.AddHours(-1).ToUnixTimeSeconds(), exp = now.Add(lifetime).ToUnixTimeSeconds(),
        })}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Part(object content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
