namespace Realtime.Actors.Tests.Support;

/// <summary>The thread pool's common queue.</summary>
internal static class ThePool
{
    /// <summary>
    /// Waits until what was in it is done. A turn that had begun by mistake would be, too: its word goes through the same queue, and round
    /// again at most sixteen times.
    /// </summary>
    public static async Task HasTakenWhatCameAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            var taken = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(static done => done.SetResult(), taken, preferLocal: false);
            await taken.Task;
        }
    }
}
