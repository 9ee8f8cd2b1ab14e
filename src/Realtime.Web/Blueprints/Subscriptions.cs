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
        var subscribed = new Dictionary<(ModelName, RecordId), Record>();
        var reads = 1;
        bool hasMore;
        while ((hasMore = await SubscribeAsync(request, socket, records, subscribed)) && reads++ < MaxReads)
            records = await read();
        await LetGoAsync(request, socket, subscribed, hasMore ? [] : records);
        return records;
    }

    /// <summary>Lets the socket that asks hear of every new record of a model, if it may and the options want it (D-4).</summary>
    public static async Task WatchAsync(BlueprintRequest request, ModelDescription model)
    {
        if (request.Requester is { } socket && request.Setup.Options.AutoWatch && await request.MayWatchAsync(model))
            await request.Setup.Topics.WatchAsync(socket, model.Name, request.Cancellation);
    }

    /// <summary>The same for the models that the one asked for is associated with, if the options want that too (B-41).</summary>
    public static async Task WatchAssociatedAsync(BlueprintRequest request)
    {
        if (request.Requester is null || !request.Setup.Options.WatchAssociated)
            return;
        foreach (var model in request.Model.Associations.Select(association => association.Target).Distinct())
            await WatchAsync(request, model);
    }

    /// <summary>Subscribes the socket that asks to records of one model.</summary>
    public static async Task SubscribeAsync(BlueprintRequest request, ModelDescription model, params RecordId[] records)
    {
        if (request.Requester is { } socket && records.Length > 0 && await request.MayHearAsync(model))
            await request.Setup.Topics.SubscribeAsync(socket, model.Name, records, request.Cancellation);
    }

    private static async Task<bool> SubscribeAsync(
        BlueprintRequest request, SocketId socket, List<Record> records, Dictionary<(ModelName, RecordId), Record> subscribed)
    {
        var news = new Dictionary<ModelDescription, List<RecordId>>();
        foreach (var record in WithChildren(records))
        {
            var (model, id) = (record.Shape.Model, record.Id);
            if (!subscribed.TryAdd((model.Name, id), record))
                continue;
            if (!news.TryGetValue(model, out var ids))
                news[model] = ids = [];
            ids.Add(id);
        }
        foreach (var (model, ids) in news)
        {
            if (await request.MayHearAsync(model))
                await request.Setup.Topics.SubscribeAsync(socket, model.Name, ids, request.Cancellation);
        }
        return news.Count > 0;
    }

    // A record may have got other readers after it was read, and before the socket was subscribed to it: whoever lost it then was not
    // among its subscribers yet.
    private static async Task LetGoAsync(
        BlueprintRequest request, SocketId socket, Dictionary<(ModelName, RecordId), Record> subscribed, List<Record> seenSince)
    {
        foreach (var record in WithChildren(seenSince))
            subscribed.Remove((record.Shape.Model.Name, record.Id));
        foreach (var doubtful in subscribed.Values.GroupBy(record => record.Shape.Model).Where(group => request.Readable(group.Key) is not null))
        {
            var readable = await request.IdsOfReadableAsync(doubtful.Key, [.. doubtful.Select(record => record.Key.Select(part => part!).ToArray())]);
            var lost = doubtful.Select(record => record.Id).Except(readable).ToArray();
            if (lost.Length > 0)
                await request.Setup.Topics.UnsubscribeAsync(socket, doubtful.Key.Name, lost, request.Cancellation);
        }
    }

    private static IEnumerable<Record> WithChildren(List<Record> records) => records.Concat(records.SelectMany(record => record.Children));
}
