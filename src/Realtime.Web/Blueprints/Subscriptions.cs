using Realtime.Web.Blueprints.Reading;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>
/// Lets the socket that asks hear of what it gets (contract B-31 to B-39). It joins first and reads afterwards, so that
/// no change falls between (B-51).
/// </summary>
internal static class Subscriptions
{
    // Records keep appearing between two reads only where the table is busier than the answer can be fresh.
    private const int MaxReads = 3;

    /// <summary>Reads records; over a socket, until it is subscribed to all that the last read brought.</summary>
    public static async Task<List<Record>> ReadAsync(BlueprintRequest request, Func<Task<List<Record>>> read)
    {
        var records = await read();
        if (request.Requester is not { } socket)
            return records;
        var subscribed = new HashSet<(ModelName, RecordId)>();
        for (var reads = 1; await SubscribeAsync(request, socket, records, subscribed) && reads < MaxReads; reads++)
            records = await read();
        return records;
    }

    /// <summary>Subscribes the socket that asks to records of one model.</summary>
    public static async Task SubscribeAsync(BlueprintRequest request, ModelDescription model, params RecordId[] records)
    {
        if (request.Requester is { } socket && records.Length > 0 && await request.MayAsync(ModelAction.Subscribe, model))
            await request.Setup.Topics.SubscribeAsync(socket, model.Name, records, request.Cancellation);
    }

    private static async Task<bool> SubscribeAsync(
        BlueprintRequest request, SocketId socket, List<Record> records, HashSet<(ModelName, RecordId)> subscribed)
    {
        var news = new Dictionary<ModelDescription, List<RecordId>>();
        foreach (var record in records.Concat(records.SelectMany(record => record.Children)))
        {
            var (model, id) = (record.Shape.Model, record.Id);
            if (!subscribed.Add((model.Name, id)))
                continue;
            if (!news.TryGetValue(model, out var ids))
                news[model] = ids = [];
            ids.Add(id);
        }
        foreach (var (model, ids) in news)
        {
            if (await request.MayAsync(ModelAction.Subscribe, model))
                await request.Setup.Topics.SubscribeAsync(socket, model.Name, ids, request.Cancellation);
        }
        return news.Count > 0;
    }
}
