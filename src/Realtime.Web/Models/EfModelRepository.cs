using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Changes;

namespace Realtime.Web.Models;

/// <summary>A repository over the context of the scope. A composite key is passed as a tuple or an array, in order.</summary>
internal sealed class EfModelRepository<TContext, T>(TContext context, ChangeOrigins origins) : IModelRepository<T>
    where TContext : DbContext
    where T : class
{
    public IQueryable<T> Records => context.Set<T>();

    public Task<T?> FindAsync(object key, CancellationToken cancellation) => FindAsync<T>(key, cancellation);

    public async Task<T> CreateAsync(T record, SocketId? omit, CancellationToken cancellation)
    {
        context.Add(record);
        await SaveAsync(omit, isAboutCollections: false, cancellation);
        return record;
    }

    public async Task<T?> UpdateAsync(object key, Action<T> change, SocketId? omit, CancellationToken cancellation)
    {
        if (await FindAsync<T>(key, cancellation) is not { } record)
            return null;
        change(record);
        await SaveAsync(omit, isAboutCollections: false, cancellation);
        return record;
    }

    public async Task<T?> DestroyAsync(object key, SocketId? omit, CancellationToken cancellation)
    {
        if (await FindAsync<T>(key, cancellation) is not { } record)
            return null;
        context.Remove(record);
        await SaveAsync(omit, isAboutCollections: false, cancellation);
        return record;
    }

    public async Task<bool> AddAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, object child, SocketId? omit, CancellationToken cancellation)
        where TChild : class
    {
        if (await MembersAsync(parent, collection, cancellation) is not { } members || await FindAsync<TChild>(child, cancellation) is not { } record)
            return false;
        if (!members.Children.Contains(members.Parent, record))
            members.Children.Add(members.Parent, record, forMaterialization: false);
        await SaveAsync(omit, isAboutCollections: true, cancellation);
        return true;
    }

    public async Task<bool> RemoveAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, object child, SocketId? omit, CancellationToken cancellation)
        where TChild : class
    {
        if (await MembersAsync(parent, collection, cancellation) is not { } members || await FindAsync<TChild>(child, cancellation) is not { } record)
            return false;
        var isMember = members.Children.Remove(members.Parent, record);
        await SaveAsync(omit, isAboutCollections: true, cancellation);
        return isMember;
    }

    public async Task<bool> ReplaceAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, IEnumerable<object> children, SocketId? omit, CancellationToken cancellation)
        where TChild : class
    {
        if (await MembersAsync(parent, collection, cancellation) is not { } members)
            return false;
        var wanted = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var key in children)
        {
            if (await FindAsync<TChild>(key, cancellation) is not { } child)
                return false;
            wanted.Add(child);
        }
        foreach (var gone in members.Entry.CurrentValue!.Cast<object>().Where(child => !wanted.Contains(child)).ToList())
            members.Children.Remove(members.Parent, gone);
        foreach (var child in wanted.Where(child => !members.Children.Contains(members.Parent, child)))
            members.Children.Add(members.Parent, child, forMaterialization: false);
        await SaveAsync(omit, isAboutCollections: true, cancellation);
        return true;
    }

    private async Task<TRecord?> FindAsync<TRecord>(object key, CancellationToken cancellation)
        where TRecord : class =>
        await context.FindAsync<TRecord>(key switch
        {
            object?[] parts => parts,
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
            _ => [key],
        }, cancellation);

    private async Task<(object Parent, CollectionEntry Entry, IClrCollectionAccessor Children)?> MembersAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, CancellationToken cancellation)
        where TChild : class
    {
        if (await FindAsync<T>(parent, cancellation) is not { } record)
            return null;
        var entry = context.Entry(record).Collection(collection);
        await entry.LoadAsync(cancellation);
        var children = ((INavigationBase)entry.Metadata).GetCollectionAccessor()!;
        children.GetOrCreate(record, forMaterialization: false);
        return (record, entry, children);
    }

    private async Task SaveAsync(SocketId? omit, bool isAboutCollections, CancellationToken cancellation)
    {
        using (origins.Begin(context, new ChangeOrigin { Omit = omit, IsAboutCollections = isAboutCollections }))
            await context.SaveChangesAsync(cancellation);
    }
}
