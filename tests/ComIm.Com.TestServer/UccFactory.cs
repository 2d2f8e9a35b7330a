using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.TestServer;

[ComVisible(true)]
[Guid("c7d52f0c-0b5a-4a58-8a3c-6c6a4f3f1b7e")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class UccFactory : IUccFactory
{
    public object Create(string name) => name switch
    {
        "UccPlatform" => new UccPlatform(),
        "UccContext" => new UccContext(),
        "UccPropertyCollection" => new UccPropertyCollection(),
        "UccOperationContext" => new UccOperationContext(),
        "UccUriManager" => new UccUriManager(),
        "EventSource" => new EventSource(),
        "UccEventSource" => new EventSource(new SinkLane(TimeProvider.System)),
        _ => throw new ArgumentException($"There is no {name}.", nameof(name)),
    };
}
