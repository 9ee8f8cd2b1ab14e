using System.Linq.Expressions;

namespace Realtime.Web.Models;

/// <summary>
/// The records of a model, for the application's own code. What it changes becomes events, as everything that is saved
/// through the context does; here one can say as well whose doing it is.
/// </summary>
/// <typeparam name="T">The entity class.</typeparam>
public interface IModelRepository<T>
    where T : class
{
    /// <summary>All records, to be queried. They are tracked by the context of the scope.</summary>
    IQueryable<T> Records { get; }

    /// <summary>The record of a primary key, or null.</summary>
    Task<T?> FindAsync(object key, CancellationToken cancellation = default);

    /// <summary>Saves a new record, and tells the watchers of the model.</summary>
    /// <param name="record">The record; its generated key is there afterwards.</param>
    /// <param name="omit">A socket that shall not hear of it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<T> CreateAsync(T record, SocketId? omit = null, CancellationToken cancellation = default);

    /// <summary>Changes a record.</summary>
    /// <returns>The record, or null if there is none.</returns>
    Task<T?> UpdateAsync(object key, Action<T> change, SocketId? omit = null, CancellationToken cancellation = default);

    /// <summary>Destroys a record.</summary>
    /// <returns>The record as it was, or null if there is none.</returns>
    Task<T?> DestroyAsync(object key, SocketId? omit = null, CancellationToken cancellation = default);

    /// <summary>Adds a child to a collection of a record.</summary>
    /// <returns>False if there is no such parent or child.</returns>
    Task<bool> AddAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, object child, SocketId? omit = null, CancellationToken cancellation = default)
        where TChild : class;

    /// <summary>Takes a child out of a collection of a record.</summary>
    /// <returns>False if there is no such parent, or it has no such child.</returns>
    Task<bool> RemoveAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, object child, SocketId? omit = null, CancellationToken cancellation = default)
        where TChild : class;

    /// <summary>Makes some children, and no others, the members of a collection of a record.</summary>
    /// <returns>False if there is no such parent, or one of the children is missing; then nothing has changed.</returns>
    Task<bool> ReplaceAsync<TChild>(
        object parent, Expression<Func<T, IEnumerable<TChild>>> collection, IEnumerable<object> children, SocketId? omit = null, CancellationToken cancellation = default)
        where TChild : class;
}
