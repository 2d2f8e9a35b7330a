using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Objects;

public sealed class OperationContextTests
{
    private readonly IUccOperationContext _operation = new UccOperationContext();

    [Fact]
    public void It_gives_back_what_it_was_initialized_with()
    {
        var context = new UccContext();
        _operation.Initialize(7, context);
        Assert.Equal(7, _operation.OperationId);
        _operation.Context.AddProperty(1, "later");
        Assert.Equal("later", context.get_Property(1).StringValue);
    }

    [Fact]
    public void It_may_go_without_a_context()
    {
        _operation.Initialize(0, null);
        Assert.Null(_operation.Context);
    }

    [Fact]
    public void It_is_initialized_once_and_before_use()
    {
        Failure.Is(UccHResults.UCC_E_INVALID_OBJECT_STATE, () => _ = _operation.OperationId);
        Failure.Is(UccHResults.UCC_E_INVALID_OBJECT_STATE, () => _ = _operation.Context);
        _operation.Initialize(1, null);
        Failure.Is(UccHResults.UCC_E_INVALID_OBJECT_STATE, () => _operation.Initialize(2, null));
        Assert.Equal(1, _operation.OperationId);
    }
}
