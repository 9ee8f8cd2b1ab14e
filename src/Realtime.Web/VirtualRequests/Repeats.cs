using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// Requests with a key are done once: who sends one again, since its answer was lost with a connection, gets the answer of the
/// first (contract C-24). A key is its socket's own. Answers are kept by the node that gave them, within bounds, so a node that
/// was started again, or another one, knows nothing of them: clients send again by themselves to the same node only.
/// </summary>
internal sealed class Repeats(RememberedAnswers remembered)
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "Idempotency-Key";

    // A larger answer is not kept, only that it was given: what one socket makes a node remember is bounded.
    private const int LargestKept = 4 * 1024;

    /// <summary>Serves a request, unless it has been.</summary>
    /// <param name="socket">Whose it is.</param>
    /// <param name="key">Its key.</param>
    /// <param name="request">The request.</param>
    /// <param name="serve">Begins to serve it; null when it has no place to.</param>
    /// <returns>The answer; null when there was no place.</returns>
    /// <exception cref="RealtimeException">The key is no key, or was another request's.</exception>
    public async Task<VirtualResponse?> AnswerAsync(SocketId socket, string key, VirtualRequest request, Func<Task<VirtualResponse>?> serve)
    {
        var fingerprint = FingerprintOf(request);
        var once = remembered.Take(socket, Limits.CheckKey(key)!, fingerprint, out var isFirst);
        if (!isFirst)
        {
            return once.Fingerprint == fingerprint
                ? await once.Answer.Task
                : throw new RealtimeException(ErrorCodes.InvalidRequest, $"The key \"{key}\" was given to another request.");
        }
        try
        {
            if (serve() is not { } serving)
            {
                remembered.Forget(once);
                once.Answer.SetResult(null);
                return null;
            }
            var answer = await serving;
            once.Answer.SetResult(answer.Body.Bytes.Length <= LargestKept ? answer : TooLargeToKeep());
            return answer;
        }
        catch (Exception fault)
        {
            // Nobody knows how much of it was done: whoever sends it again is told the same.
            once.Answer.SetException(fault);
            _ = once.Answer.Task.Exception; // looked at here: maybe nobody sends it again
            throw;
        }
    }

    /// <summary>The key of a request, if it has one.</summary>
    public static string? KeyOf(VirtualRequest request) => request.Headers.TryGetValue(Header, out var key) ? key.ToString() : null;

    private static VirtualResponse TooLargeToKeep() => VirtualResponse.Of(
        new(ErrorCodes.AnsweredBefore, "This was done when it was sent first. The answer was too large to be kept."), StatusCodes.Status409Conflict);

    private static string FingerprintOf(VirtualRequest request) =>
        $"{request.Method} {request.Target.Raw} {Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}";
}
