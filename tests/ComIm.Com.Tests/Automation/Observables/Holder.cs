using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Observables;

public interface IHolder
{
    [DispId(1)] IComImProperty Topic { get; }

    [DispId(2)] IComImCollection Things { get; }
}

/// <summary>An object with observable members, as those of the model are.</summary>
[ComDefaultInterface(typeof(IHolder))]
internal sealed class Holder : DispatchObject, IHolder
{
    private readonly Property _topic;

    public Holder()
    {
        _topic = new Property("first", value =>
        {
            _topic!.Change(value);
            return Task.CompletedTask;
        });
        Things = List = new Collection
        {
            OnAdd = name =>
            {
                List!.Insert((string)name, name);
                return Task.FromResult<object?>(name);
            },
            OnRemove = item =>
            {
                List!.Delete(item);
                return Task.CompletedTask;
            },
        };
    }

    public IComImProperty Topic => _topic;

    public IComImCollection Things { get; }

    public Collection List { get; }
}
