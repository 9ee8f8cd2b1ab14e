using System.Diagnostics;
using Akka.Actor;
using Realtime.Actors.Sessions;

namespace Realtime.Web;

/// <summary>Turns what actors answer, or do not answer, into what callers are told.</summary>
internal static class Answers
{
    /// <summary>Waits for a feed, and says so when it did not answer in time.</summary>
    public static async Task<IFeedReply> WithinAsync(Func<Task<IFeedReply>> ask, FeedId feed)
    {
        try
        {
            return await ask();
        }
        catch (AskTimeoutException late)
        {
            throw new RealtimeException(ErrorCodes.Unavailable, $"The {feed} did not answer in time: retry.", late);
        }
    }

    /// <summary>What the caller is told when the answer is not the one that was asked for.</summary>
    public static RealtimeException Refusal(object answer, SocketId? socket = null) => answer switch
    {
        Refused refused => new(refused.Code, refused.Reason),
        MemberRefused refused => new(refused.Code, refused.Reason),
        UnknownSocket => new(ErrorCodes.UnknownSocket, $"No socket with the id \"{socket}\" is connected."),
        _ => throw new UnreachableException($"{answer} is no answer here."),
    };
}
