// The pinned Node packages write `os` and `cpu` as strings, which pnpm ignores; as lists, each machine gets its own only.
module.exports = {
  hooks: {
    readPackage(pkg) {
      if (/^node-(linux|win|darwin)-/.test(pkg.name ?? '')) {
        if (typeof pkg.os === 'string') pkg.os = [pkg.os];
        if (typeof pkg.cpu === 'string') pkg.cpu = [pkg.cpu];
        if (pkg.name.startsWith('node-linux-')) pkg.libc = ['glibc'];
      }
      return pkg;
    },
  },
};
